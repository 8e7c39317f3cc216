/** Where the pictures of a product were marked: by whom and how as links, a map over each picture, and the same in words. */
import {
  type HeatKind,
  type HeatSide,
  heatKinds,
  heatSides,
  hottestSpots,
  type Ninth,
  SMALL_CELL,
} from "@/lib/insights/heat/map/spots";
import type { HeatLayer } from "@/lib/insights/reports/heat";
import type { Locale } from "@/lib/protocol/locales";
import { ReportSection } from "../report-section";
import { StateNav } from "../state-nav";
import { HeatMap, type HeatPicture } from "./heat-map";
import styles from "./heat-part.module.css";
import { productsWords } from "./words";

/** Places named beside a picture. */
const SPOTS = 4;

export interface HeatChoice {
  readonly kind: HeatKind;
  readonly side: HeatSide;
  readonly hideSmall: boolean;
}

interface HeatProps {
  readonly locale: Locale;
  readonly choice: HeatChoice;
  readonly pictures: readonly (HeatPicture & { readonly assetId: string })[];
  /** Of what is chosen. */
  readonly layers: readonly HeatLayer[];
  /** The conversations that marked a place of the picture with this number, from 1. */
  readonly placeHref: (picture: number, place: Ninth) => string;
}

export function HeatPart(
  props: HeatProps & {
    readonly choiceHref: (choice: HeatChoice) => string;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { locale, choice, choiceHref, pictures, layers } = props;
  const t = productsWords(locale);
  const known = new Set(pictures.map(({ assetId }) => assetId));
  const elsewhere = layers.filter(({ assetId }) => !known.has(assetId));
  return (
    <ReportSection
      id="heat"
      locale={locale}
      title={t("heatTitle")}
      definition={[t("heatDef"), t("heatDef2"), t("heatDef3", { least: SMALL_CELL })]}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <div className={styles.choices}>
        <StateNav
          label={t("kinds")}
          states={heatKinds.map((kind) => ({
            name: t(`kind_${kind}`),
            href: choiceHref({ ...choice, kind }),
            current: kind === choice.kind,
          }))}
        />
        <StateNav
          label={t("sides")}
          states={heatSides.map((side) => ({
            name: t(`side_${side}`),
            href: choiceHref({ ...choice, side }),
            current: side === choice.side,
          }))}
        />
        <StateNav
          label={t("small")}
          states={[false, true].map((hideSmall) => ({
            name: hideSmall ? t("small_hide", { least: SMALL_CELL }) : t("small_show"),
            href: choiceHref({ ...choice, hideSmall }),
            current: hideSmall === choice.hideSmall,
          }))}
        />
      </div>
      {pictures.length === 0 ? <p className={styles.none}>{t("noPictures")}</p> : null}
      <div className={styles.pictures}>
        {pictures.map((picture, index) => (
          <MarkedPicture key={picture.assetId} {...props} number={index + 1} />
        ))}
      </div>
      {elsewhere.length === 0 ? null : (
        <p className={styles.none}>
          {t("otherPictures", { count: Math.max(...elsewhere.map(({ conversations }) => conversations)) })}
        </p>
      )}
    </ReportSection>
  );
}

function MarkedPicture(props: HeatProps & { readonly number: number }) {
  const { number, pictures, layers, locale } = props;
  const t = productsWords(locale);
  const picture = pictures[number - 1];
  if (!picture) return null;
  const layer = layers.find(({ assetId }) => assetId === picture.assetId);
  const spots = hottestSpots(layer?.cells ?? []).slice(0, SPOTS);
  const [first] = spots;
  const most =
    first === undefined ? t("nothingMarked") : t("mostMarked", { place: t(`place_${first.place}`) });
  return (
    <figure className={styles.figure}>
      <HeatMap
        id={`heat-${number}`}
        name={`${t("heatOf", { number })}. ${most}`}
        picture={picture}
        cells={layer?.cells ?? []}
      />
      <figcaption>
        <strong>{most}</strong>
        {layer === undefined ? null : <span>{t("ofMarked", { count: layer.conversations })}</span>}
        {spots.length === 0 ? null : (
          <ul>
            {spots.map(({ place, conversations }) => (
              <li key={place}>
                <a href={props.placeHref(number, place)}>
                  {t("spot", { place: t(`place_${place}`), count: conversations })}
                </a>
              </li>
            ))}
          </ul>
        )}
        {layer !== undefined && layer.hidden > 0 ? <span>{t("hidden", { count: layer.hidden })}</span> : null}
        <small>{t("pictureOf", { number, count: pictures.length })}</small>
      </figcaption>
    </figure>
  );
}
