/** A document as the console shows it: made of its Markdown when the console is built, so that no markup is ever parsed in a browser. */
export type Document = readonly Block[];

/** What documents are made of. */
export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly content: Inlines }
  | { readonly kind: 'paragraph'; readonly content: Inlines }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly Inlines[];
      readonly rows: readonly (readonly Inlines[])[];
    }
  | { readonly kind: 'code'; readonly text: string };

/** A run of text. */
export type Inlines = readonly Inline[];

/** A part of a text; a link has its target as the document writes it. */
export type Inline =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em'; readonly content: Inlines }
  | { readonly kind: 'link'; readonly target: string; readonly content: Inlines };
