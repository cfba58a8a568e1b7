import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnsupportedTaskError, type Library } from '../job.ts';

/** The packages of the JavaScript peers, at the measured versions. */
const packages: Partial<Record<Library, Readonly<Record<string, string>>>> = {
  'tfjs-wasm': { '@tensorflow/tfjs': '4.22.0', '@tensorflow/tfjs-backend-wasm': '4.22.0' },
  'tfjs-cpu': { '@tensorflow/tfjs': '4.22.0' },
  'jax-js': { '@jax-js/jax': '0.1.25' },
  onnxruntime: { 'onnxruntime-node': '1.30.0' },
};

/** The command that starts the process of a library. */
export interface Installed {
  readonly version: string;
  readonly command: string;
  readonly packages?: string;
}

/**
 * Makes a library available: installs its packages into a folder of the cache, or finds a Python with torch.
 *
 * @throws UnsupportedTaskError with the reason why the library is not available
 */
export function install(library: Library, cache: string): Installed {
  if (library === 'torch') return findTorch();
  const wanted = packages[library];
  if (!wanted) return { version: '', command: process.execPath };
  const folder = join(cache, library);
  const version = Object.values(wanted)[0]!;
  const done = join(folder, `installed-${version}`);
  if (!existsSync(done)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    // Without the scripts of packages: that of ONNX Runtime would download files that only GPUs need.
    const { status, stderr, error } = spawnSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
      {
        cwd: folder,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      },
    );
    if (status !== 0)
      throw new UnsupportedTaskError(`npm cannot install it: ${(error?.message ?? stderr).trim().split('\n')[0]}`);
    writeFileSync(done, '');
  }
  return { version, command: process.execPath, packages: folder };
}

/**
 * Prints the version of torch and its BLAS library. The reference BLAS of Debian takes ten times as long as OpenBLAS.
 */
const describeTorch = `
import numpy, torch, os, re
torch.ones(64, 64) @ torch.ones(64, 64)
maps = open("/proc/self/maps").read() if os.path.exists("/proc/self/maps") else ""
names = {os.path.basename(os.path.realpath(p)) for p in re.findall(r"/\\S*(?:blas|mkl)\\S*", maps)}
print(" with ".join([torch.__version__, *sorted(names)[-1:]]))`;

/** Finds the first Python that has torch. Distributions install it only for their own Python. */
function findTorch(): Installed {
  for (const command of ['python3', '/usr/bin/python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['-c', describeTorch], { encoding: 'utf8' });
    if (status === 0) return { version: stdout.trim(), command };
  }
  throw new UnsupportedTaskError(
    'no Python with torch and numpy; on Debian: apt-get install python3-torch libopenblas0',
  );
}
