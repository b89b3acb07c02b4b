import type { ConsentRequirement } from '../compiled-policy/compiled-policy';

/** A button. */
export interface Action {
  label: string;
  /** Accepting and refusing are `choice`s: the same in everything, and nothing stands out more. */
  kind: 'choice' | 'other';
  act(button: HTMLElement): void;
}

/** One thing in the preferences: a purpose, with its services, or a service. */
export interface Item {
  title: string;
  /** Name of its form control; without it there is nothing to choose. */
  name?: string;
  need: ConsentRequirement;
  body: HTMLElement[];
  /** More, to unfold. */
  details?: HTMLElement;
  /** A purpose’s services. */
  items?: Node[];
}

/** What an item’s controls say. */
export interface ItemWords {
  accept: string;
  refuse: string;
  object: string;
  /** Unfolds a purpose’s services, where a theme folds them. */
  more: string;
}

export interface TableContent {
  caption: string;
  head: string[];
  rows: Node[][];
}

/** Name of a form control that answers for every service at once. A theme may have one. */
export const ALL = 'all';

/**
 * How the interface looks: puts what it is given into markup. The controls of the preferences are inputs with
 * the item’s name; the one whose value is the choice, `true` or `false`, is checked.
 */
export interface Theme {
  /** CSS for the document. */
  styles?: string;
  banner(content: { titleId: string; title: string; body: HTMLElement[]; actions: Action[] }): Node;
  dialog(content: { titleId: string; title: string; close: string; content: Node }): HTMLDialogElement;
  /** The inside of the form. `all` is the title of what is named `ALL`. */
  preferences(content: {
    text: string;
    all: string;
    items: Node[];
    actions: [acceptAll: Action, refuseAll: Action, save: Action];
  }): Node[];
  item(item: Item, words: ItemWords): Node;
  placeholder(content: { title: string; body: HTMLElement[]; actions: Action[] }): Node;
  table(content: TableContent): Node;
  alert(text: string): HTMLElement;
}
