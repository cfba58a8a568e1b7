import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A published package. */
export interface PackageFacts {
  /** Its folder, which names its pages. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** Bytes of its main entry point, compressed, once it is built. */
  readonly gzip: number | undefined;
  readonly entries: readonly string[];
  /** Dependencies that npm installs with it. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));

declare const data: readonly PackageFacts[];
export { data };

export default {
  watch: [`${packages}*/package.json`],
  load(): PackageFacts[] {
    return readdirSync(packages).flatMap((folder) => {
      const file = join(packages, folder, 'package.json');
      if (!existsSync(file)) return [];
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
      if (manifest.private) return [];
      const built = join(packages, folder, 'dist', 'index.js');
      return [
        {
          folder,
          name: manifest.name,
          description: manifest.description,
          version: manifest.version,
          gzip: existsSync(built) ? gzipSync(readFileSync(built)).length : undefined,
          entries: Object.keys(manifest.exports ?? {}).map((entry) => manifest.name + entry.slice(1)),
          dependencies: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
        },
      ];
    });
  },
};
