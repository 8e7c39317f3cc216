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

/** Users of assets are nodes; as a picture, a node is a second one. */
export const pictureUser = (id: NodeId): number => -id;

export function openPictures(assets: Assets, attributes: Attributes): Pictures {
  const wanted = new Map<NodeId, { key: string; shown: string | null }>();
  const draw = (id: NodeId, element: Element, url: string | null) => {
    attributes.own(id, element, "--vetrina-picture", url === null ? null : `url("${url}")`);
    if (isVideo(element)) element.poster = url ?? "";
  };
  const pictures: Pictures = {
    show(id, element, key) {
      const address = readAddress(key);
      const before = wanted.get(id);
      if (address?.as !== "asset") {
        pictures.forget(id);
        draw(id, element, null);
        return;
      }
      wanted.set(id, { key, shown: before?.shown ?? null });
      pictures.refresh(id, element);
    },
    refresh(id, element) {
      const picture = wanted.get(id);
      if (!picture) return;
      assets.release(pictureUser(id));
      const url = assets.urlFor(picture.key, pictureUser(id));
      if (url !== null) {
        picture.shown = picture.key;
        draw(id, element, url);
      } else if (picture.shown !== null) assets.urlFor(picture.shown, pictureUser(id));
    },
    forget(id) {
      wanted.delete(id);
      assets.release(pictureUser(id));
    },
  };
  return pictures;
}
