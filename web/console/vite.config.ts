import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Where `vite dev` finds the API: a `sluice serve`.
const server = process.env.SLUICE_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2023',
    // The Content-Security-Policy lets no data: URL in but for images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // What the first page needs comes as <link rel=modulepreload>; the polyfill would be an inline script.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server } },
})
