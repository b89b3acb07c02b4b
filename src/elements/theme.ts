import type { ConsentRequirement } from '../compiled-policy/compiled-policy';

/** A button. */
export interface Action {
  label: string;
  /** What it is called where its label does not say what it is about. Begins with the label. */
  name?: string;
  /** Accepting and refusing are `choice`s: the same in everything. */
  kind: 'choice' | 'other';
  /** @returns whether it was done, where that matters to somebody */
  act(button: HTMLElement): void | Promise<boolean>;
}

/** One thing in the preferences: a purpose, with its services, or a service. */
export interface Item {
  title: string;
  /** How many services a purpose has, in words. */
  count?: string;
  /** Name of its form control; without it there is nothing to choose. */
  name?: string;
  need: ConsentRequirement;
  body: HTMLElement[];
  /** More, to unfold. */
  details?: HTMLElement;
  /** A purpose’s services. */
  items?: HTMLElement[];
}

/** Where there are many services: to find one. */
export interface SearchField {
  label: string;
  input: HTMLInputElement;
  /** Says how many were found. */
  found: HTMLOutputElement;
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

export interface PlaceholderContent {
  /** What is missing, and whose it is: one line. */
  title: string;
  text: string;
  /** What leads to it, where no button does. */
  link?: HTMLAnchorElement;
  actions: Action[];
  /** Opens all that there is no room for; without it, the text is shown however little there is. */
  more?: Action;
}

/** Name of a form control that answers for every service at once. A theme may have one. */
export const ALL = 'all';

/** What a banner says, and what can be done about it. */
export interface BannerContent {
  title: string;
  body: HTMLElement[];
  actions: Action[];
}

/** How that looks which asks: it puts what it is given into markup. */
export interface AskingTheme {
  /** CSS for the document. */
  styles?: string;
  banner(content: BannerContent & { titleId: string }): Node;
  alert(text: string): HTMLElement;
}

/**
 * How that looks which is loaded when it is wanted: preferences, placeholders and tables. The controls of the preferences are inputs with the item’s
 * name; the one whose value is the choice, `true` or `false`, is checked.
 */
export interface PreferencesTheme {
  /** CSS for the document, beside that of the rest. */
  preferencesStyles?: string;
  dialog(content: { titleId: string; title: string; close: string; content: Node }): HTMLDialogElement;
  /** The inside of the form. `all` is the title of what is named `ALL`. */
  preferences(content: {
    text: string;
    all: string;
    search?: SearchField;
    items: HTMLElement[];
    actions: [acceptAll: Action, refuseAll: Action, save: Action];
    receipt?: HTMLElement;
  }): Node[];
  item(item: Item, words: ItemWords): HTMLElement;
  /** What stands in for content that is refused. */
  placeholder(content: PlaceholderContent): Node;
  /** What a placeholder has no room for. */
  details(content: { body: HTMLElement[]; actions: Action[] }): HTMLElement;
  table(content: TableContent): Node;
}

/** How the interface looks. */
export type Theme = AskingTheme & PreferencesTheme;
