// The service worker. It keeps what the page asked for, and gives it back where the server cannot be reached, marked with
// the day it is of. Whatever can be asked for anew is: nothing kept stands in the way of a newer answer.

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent & Waiting) => void): void;
}

const worker = self as unknown as Worker;
const { scope } = worker.registration;

/** Of how what is kept is written. Another number leaves behind what was kept before. */
const format = 'demarc-1';

/** How many answers are kept of a kind; the oldest go first. */
const most = { parts: 60, pages: 12, answers: 240, tiles: 480 } as const;
type Kind = keyof typeof most;

/** An answer longer than this is not kept. */
const longest = 4 << 20; // bytes

// What an address below the page's own is of, or null for what is not kept.
function kindOf(address: string): Kind | null {
  if (!address.startsWith(scope)) return null;
  const { search } = new URL(address);
  const path = address.slice(scope.length).replace(/[?#].*$/, '');
  if (path === '') return new URLSearchParams(search).get('embed') === '1' ? null : 'pages';
  if (path.startsWith('assets/') || path === 'icon.svg') return 'parts';
  if (/^tiles\/.*\.mvt$/.test(path)) return 'tiles';
  return /^(v1\/|tiles\/|map\.svg|locator\.svg)/.test(path) ? 'answers' : null;
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (event) => event.waitUntil(begin()));

async function begin(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith('demarc-') && !name.startsWith(`${format} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const kind = request.method === 'GET' && !request.headers.has('Range') ? kindOf(request.url) : null;
  if (kind) event.respondWith(answer(event, kind));
});

// What the page had asked for before this worker was there.
worker.addEventListener('message', (event) => {
  const addresses = event.data as string[];
  event.waitUntil(Promise.allSettled(addresses.map(async (address) => {
    const kind = kindOf(address);
    if (kind) await keep(kind, address, await fetch(address));
  })));
});

async function answer(event: Fetching, kind: Kind): Promise<Response> {
  const { request } = event;
  if (kind === 'parts') {
    // Named by a hash of what is in it, so it is never another.
    const known = await (await open(kind)).match(request.url);
    if (known) return known;
  }
  try {
    const got = await fetch(request);
    event.waitUntil(keep(kind, request.url, got.clone()));
    return got;
  } catch (fault) {
    const kept = kind === 'pages' ? await keptPage(request.url) : await keptAnswer(kind, request.url);
    if (kept) return kept;
    throw fault;
  }
}

function open(kind: Kind): Promise<Cache> {
  return caches.open(`${format} ${kind} ${scope}`);
}

async function keep(kind: Kind, address: string, got: Response): Promise<void> {
  if (got.status !== 200 || got.redirected || Number(got.headers.get('Content-Length') ?? 0) > longest) return;
  const cache = await open(kind);
  const key = address.replace(/#.*$/, '');
  await cache.delete(key); // so that it is the newest again
  await cache.put(key, got);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most[kind])).map((old) => cache.delete(old)));
}

async function keptAnswer(kind: Kind, address: string): Promise<Response | null> {
  const kept = await (await open(kind)).match(address);
  if (!kept) return null;
  const headers = new Headers(kept.headers);
  headers.set('Demarc-Kept', dayOf(kept));
  return new Response(kept.body, { headers });
}

// The page of this address, or another without the figures that came with it. Either says when it is of.
async function keptPage(address: string): Promise<Response | null> {
  const cache = await open('pages');
  const own = await cache.match(address.replace(/#.*$/, ''));
  const page = own ?? (await cache.match((await cache.keys()).at(-1) ?? address));
  if (!page) return null;
  const text = await page.text();
  const bare = own ? text : text.replace(/<template id="demarc-first">[\s\S]*?<\/template>/, '');
  return new Response(bare.replace('<head>', `<head><meta name="demarc-kept" content="${dayOf(page)}">`), { headers: page.headers });
}

function dayOf(kept: Response): string {
  const at = new Date(kept.headers.get('Date') ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
