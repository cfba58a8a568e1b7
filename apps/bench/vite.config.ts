import { defineConfig, type UserConfig } from 'vite';

/** Without these a browser gives a page no shared memory, and thus no threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const config: UserConfig = defineConfig({ server: { headers }, preview: { headers } });
export default config;
