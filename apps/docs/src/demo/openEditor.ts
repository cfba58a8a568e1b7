import { javascript } from '@codemirror/lang-javascript';
import { basicSetup, EditorView } from 'codemirror';

/** An editor of TypeScript. */
export function openEditor(text: string): EditorView {
  return new EditorView({ doc: text, extensions: [basicSetup, javascript({ typescript: true })] });
}
