import { defineConfig } from 'vite';

// The Go server answers these; `npm run dev` passes them on to it.
const server = 'http://127.0.0.1:8080';

// A file of words is named by its part of the page and its language: page-words-ar, sites-words-ar.
function fileOf({ facadeModuleId: path }: { facadeModuleId: string | null }): string {
  if (!path?.endsWith('.json')) return 'assets/[name]-[hash].js';
  const [folder, file] = path.split('/').slice(-2) as [string, string];
  return `assets/${folder === 'words' ? 'page' : folder}-words-${file.replace('.json', '')}-[hash].js`;
}

export default defineConfig({
  // Addresses within the page are relative, so that it works under any path of a proxy.
  base: './',
  build: {
    outDir: '../assets/dist',
    emptyOutDir: true,
    // The content security policy allows no inline script and no data: script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/offline/worker.ts', 'embed/demarc-map': 'src/embed/element.ts' },
      // These two keep their addresses: a browser asks at the worker's for a newer one, and others name the element's.
      output: { entryFileNames: ({ name }) => (name === 'index' ? 'assets/[name]-[hash].js' : '[name].js'), chunkFileNames: fileOf },
    },
    // Old enough for a phone of 2021: colours written with light-dark() are rewritten for it.
    cssTarget: ['chrome107', 'safari16', 'firefox104'],
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    // The words are beside the Go sources that read them too.
    fs: { allow: ['.', '../../data/words'] },
    proxy: { '/v1': server, '/tiles': server, '/styles': server, '/export': server },
  },
});
