declare module '*.css';

/** A Markdown document, which src/console-build/documents.ts reads. */
declare module '*.md?document' {
  const document: import('../console-build/document-model.ts').Document;
  export default document;
}
