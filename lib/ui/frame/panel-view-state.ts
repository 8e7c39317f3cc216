/** Whether the shopper sees the panel: it comes by itself, but once she closed it, it only asks (FR11, FR12). */

export interface PanelViewState {
  readonly open: boolean;
  /** She closed it; nobody opens it but she. */
  readonly closedByHer: boolean;
  /** Something else is shown since she closed it. */
  readonly news: boolean;
  readonly items: number;
  readonly shown: string;
}

export type PanelViewEvent =
  /** What the panel's document holds now. */
  | { readonly type: "content"; readonly items: number; readonly shown: string }
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "left" };

export const noPanelView: PanelViewState = {
  open: false,
  closedByHer: false,
  news: false,
  items: 0,
  shown: "",
};

export function changePanelView(state: PanelViewState, event: PanelViewEvent): PanelViewState {
  switch (event.type) {
    case "content": {
      const { items, shown } = event;
      if (items === 0) return { ...state, open: false, news: false, items, shown };
      const changed = items > state.items || (shown !== "" && shown !== state.shown);
      const news = state.closedByHer && (state.news || changed);
      return { ...state, open: !state.closedByHer, news, items, shown };
    }
    case "opened":
      return { ...state, open: state.items > 0, closedByHer: false, news: false };
    case "closed":
      return { ...state, open: false, closedByHer: true, news: false };
    case "left":
      return noPanelView;
  }
}
