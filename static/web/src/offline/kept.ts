import type { Shares } from '../api';
import type { State } from '../state';

/** The moment of what is shown where the server could not be reached, ISO 8601; null while all came from the server itself. */
let kept: string | null = document.querySelector<HTMLMetaElement>('meta[name="demarc-kept"]')?.content || null;

/** When the oldest of what is shown was asked for; null while all of it came from the server now. */
export function keptOn(): string | null {
  return kept;
}

/** Takes note of an answer that was kept. */
export function noted(answer: Response): void {
  const at = answer.headers.get('Demarc-Kept');
  if (at) kept = earlier(kept, at);
}

// Milliseconds between two looks for the server while it is away.
const lookAfter = 20_000;

/** Calls back when the server can be reached again; from then on nothing shown was kept. */
export function onReached(again: () => void): void {
  const look = async () => {
    if (!kept || document.hidden) return;
    const answer = await fetch('version', { cache: 'no-store' }).catch(() => null);
    if (!answer?.ok || !kept) return;
    kept = null;
    again();
  };
  addEventListener('online', () => void look());
  setInterval(() => void look(), lookAfter);
}

/** Figures that hold on a day, of those that are at hand: any of the same epoch. */
export async function ofSameEpoch(area: string, day: string, known: Iterable<Shares | null>): Promise<Shares | null> {
  const holds = (one: Shares | null) => one !== null && one.dataset === area && one.epoch.from <= day && (one.epoch.to === null || day < one.epoch.to) && one.shares.length > 0;
  for (const one of known) if (holds(one)) return one;
  if (!('caches' in globalThis)) return null;
  const start = new URL(`v1/${area}/shares`, location.href).href;
  for (const name of await caches.keys()) {
    if (!name.startsWith('demarc-')) continue;
    const cache = await caches.open(name);
    for (const request of (await cache.keys()).filter(({ url }) => url.startsWith(start)).reverse()) {
      const answer = await cache.match(request);
      const one = (await answer?.json().catch(() => null)) as Shares | null;
      if (answer && holds(one)) {
        kept = earlier(kept, new Date(answer.headers.get('Date') ?? Date.now()).toISOString());
        return one;
      }
    }
  }
  return null;
}

function earlier(a: string | null, b: string): string {
  return a !== null && a < b ? a : b;
}

/** What was asked for by others than the page itself before there was a worker to keep it. */
const askedElsewhere = new Set<string>();

/** Takes note of an address that the map asks for. */
export function asked(address: string): void {
  if (!navigator.serviceWorker?.controller) askedElsewhere.add(address);
}

// Milliseconds after the page is loaded, so that nothing of the first view waits for it.
const restAfter = 3000;

/** Has the browser keep what the page asks for. Not in somebody else's page, and where the operator wants none it is undone. */
export function keepForLater({ embed }: State): void {
  if (embed || !('serviceWorker' in navigator)) return;
  const isWanted = document.querySelector<HTMLMetaElement>('meta[name="demarc-keeps"]')?.content !== 'no';
  const begin = () => void (isWanted ? register() : undo()).catch(() => undefined); // a browser that keeps nothing goes without
  if (document.readyState === 'complete') setTimeout(begin, restAfter);
  else addEventListener('load', () => setTimeout(begin, restAfter));
}

async function register(): Promise<void> {
  await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (document.querySelector('meta[name="demarc-kept"]')) return;
  active?.postMessage([location.href, ...performance.getEntriesByType('resource').map(({ name }) => name), ...askedElsewhere]);
  askedElsewhere.clear();
}

async function undo(): Promise<void> {
  await (await navigator.serviceWorker.getRegistration())?.unregister();
  for (const name of await caches.keys()) if (name.startsWith('demarc-')) await caches.delete(name);
}
