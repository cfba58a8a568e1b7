import { defineConfig, type UserConfig } from 'vite';

// With these headers, a page may share memory between threads, and training uses all cores. Without them it uses one.
// Your web server must send them, too.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const config: UserConfig = defineConfig({
  base: './', // the built page works in any folder of a server
  server: { headers },
  preview: { headers },
});
export default config;
