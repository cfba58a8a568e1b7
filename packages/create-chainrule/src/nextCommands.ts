/** How each package manager installs packages and runs scripts. */
const managers = {
  npm: { install: 'npm install', start: 'npm start', dev: 'npm run dev' },
  pnpm: { install: 'pnpm install', start: 'pnpm start', dev: 'pnpm dev' },
  yarn: { install: 'yarn', start: 'yarn start', dev: 'yarn dev' },
  bun: { install: 'bun install', start: 'bun run start', dev: 'bun run dev' },
} as const;

/**
 * The commands that show a new project.
 *
 * @param path - from where the user is to the project; empty if that is here
 * @param script - the script that shows the project
 * @param userAgent - `npm_config_user_agent`, such as `pnpm/10.34.9 npm/? node/v20.20.2 linux x64`
 */
export function nextCommands(path: string, script: 'start' | 'dev', userAgent = ''): string[] {
  const [name = ''] = userAgent.split('/');
  const manager = Object.hasOwn(managers, name) ? managers[name as keyof typeof managers] : managers.npm;
  const enter = /[^\w./\\:-]/.test(path) ? `cd "${path}"` : `cd ${path}`;
  return [...(path ? [enter] : []), manager.install, manager[script]];
}
