/** Pictures in place of what cannot run here: a canvas, a video, a box. The old one stays until the new one has come. */
import type { NodeId } from "../wire/page-message";
import type { Assets } from "./assets";
import type { Attributes } from "./attributes";
import { readAddress } from "./clean-address";
import { isVideo } from "./node-kinds";

export interface Pictures {
  show(id: NodeId, element: Element, key: string): void;
  refresh(id: NodeId, element: Element): void;
  forget(id: NodeId): void;
}

/** Users of assets are nodes; `-id` stands for a node as a picture. */
export function openPictures(assets: Assets, attributes: Attributes): Pictures {
  const wanted = new Map<NodeId, string>();
  const draw = (id: NodeId, element: Element, url: string) => {
    attributes.own(id, element, "--vetrina-picture", url && `url("${url}")`);
    if (isVideo(element)) element.poster = url;
  };
  const pictures: Pictures = {
    show(id, element, key) {
      if (readAddress(key)?.as === "asset") {
        wanted.set(id, key);
        pictures.refresh(id, element);
      } else {
        pictures.forget(id);
        draw(id, element, "");
      }
    },
    refresh(id, element) {
      const key = wanted.get(id);
      const url = key && assets.urlFor(key, -id);
      if (!url) return;
      assets.release(-id);
      assets.urlFor(key, -id);
      draw(id, element, url);
    },
    forget(id) {
      wanted.delete(id);
      assets.release(-id);
    },
  };
  return pictures;
}
