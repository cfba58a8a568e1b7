export type Template = 'vite-worker' | 'node-script';

/** The templates, with what each makes. Each is a folder of the same name in `templates`. */
export const templates: Readonly<Record<Template, string>> = {
  'vite-worker': 'a web page that trains in a worker',
  'node-script': 'a program for Node that trains, saves and loads',
};

export const templateNames = Object.keys(templates) as readonly Template[];

/** Whether a name is one of a template. */
export const isTemplate = (name: string): name is Template => Object.hasOwn(templates, name);
