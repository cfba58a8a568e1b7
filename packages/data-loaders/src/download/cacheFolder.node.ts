import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';
import { refuse } from '@chainrule/errors/check';

/**
 * The folder of downloads: `CHAINRULE_CACHE`, or a folder `chainrule` in the system's cache folder (`XDG_CACHE_HOME` or
 * `~/.cache`; `~/Library/Caches`; `%LOCALAPPDATA%`).
 *
 * @example
 * cacheFolder({ CHAINRULE_CACHE: '/data/cache' }); // => /data/cache
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  if (typeof env !== 'object' || env === null) refuse('cacheFolder', 'env', 'an object of variables', env);
  if (env['CHAINRULE_CACHE']) return env['CHAINRULE_CACHE'];
  // The XDG specification says to ignore relative paths.
  if (env['XDG_CACHE_HOME'] && isAbsolute(env['XDG_CACHE_HOME'])) return join(env['XDG_CACHE_HOME'], 'chainrule');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'chainrule');
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'chainrule', 'Cache');
  return join(homedir(), '.cache', 'chainrule');
}
