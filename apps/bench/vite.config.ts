import { defineConfig, type UserConfig } from 'vite';

/** Headers that allow a page shared memory, which threads need. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const config: UserConfig = defineConfig({ server: { headers }, preview: { headers } });
export default config;
