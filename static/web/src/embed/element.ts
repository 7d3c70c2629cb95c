// <demarc-map>: the map in somebody else's page. docs/embedding.md has it for its readers.

/** Attributes of the element, and what each is called in the address of the page. */
const parameters = { dataset: 'area', 'as-of': 'as_of', basis: 'basis', of: 'of', lang: 'lang' } as const;

/** The page whose module this is: one folder up, whatever the path it is served under. */
const page = new URL('../', import.meta.url);

/** Height until the frame says its own, as GET /oembed has it, and no more than a broken frame may take, in CSS pixels. */
const [height, most] = [520, 1600];

/** Milliseconds after which a frame that said nothing is taken for one that may not be shown here. */
const patience = 10_000;

/**
 * The element is a frame of the server that the module comes from, as high as what is in it. What stands inside the
 * element is for readers without scripts, and for those whose browser may not show the frame.
 */
class DemarcMap extends HTMLElement {
  static readonly observedAttributes = [...Object.keys(parameters), 'theme', 'title'];

  private frame = document.createElement('iframe');
  private readonly instead = document.createElement('slot');
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private drawing = false;
  /** the frame told its height */
  private heard = false;

  constructor() {
    super();
    this.frame.loading = 'lazy';
    this.frame.style.cssText = `display: block; border: 0; inline-size: 100%; block-size: ${height}px`;
    this.instead.hidden = true;
    this.attachShadow({ mode: 'open' }).append(this.frame, this.instead);
  }

  connectedCallback(): void {
    if (getComputedStyle(this).display === 'inline') this.style.display = 'block';
    addEventListener('message', this.hear);
    this.draw();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.hear);
    clearTimeout(this.waiting);
  }

  // Several attributes that change at once load the frame once.
  attributeChangedCallback(): void {
    if (this.drawing || !this.isConnected) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private draw(): void {
    const address = new URL(page);
    address.searchParams.set('embed', '1');
    for (const [attribute, parameter] of Object.entries(parameters)) {
      const value = this.getAttribute(attribute);
      if (value) address.searchParams.set(parameter, value);
    }
    const theme = this.getAttribute('theme');
    if (theme) address.hash = new URLSearchParams({ theme }).toString();
    this.frame.title = this.getAttribute('title') ?? `demarc ${this.getAttribute('dataset') ?? ''}`.trim();
    if (this.frame.src === address.href) return;
    this.give(true);
    // A new frame is no step of the history, and is loaded anew where only the fragment differs.
    const next = this.frame.cloneNode() as HTMLIFrameElement;
    next.src = address.href;
    next.addEventListener('load', () => this.wait());
    this.frame.replaceWith(next);
    this.frame = next;
    this.heard = false;
  }

  private wait(): void {
    clearTimeout(this.waiting);
    if (this.heard) return;
    this.waiting = setTimeout(() => this.give(false), patience);
  }

  private readonly hear = (event: MessageEvent): void => {
    const told = event.data as { type?: unknown; height?: unknown } | null;
    if (event.source !== this.frame.contentWindow || event.origin !== page.origin || told?.type !== 'demarc:height' || typeof told.height !== 'number') return;
    this.heard = true;
    clearTimeout(this.waiting);
    this.give(true);
    this.frame.style.blockSize = `${Math.min(most, Math.max(1, told.height))}px`;
  };

  private give(isFrame: boolean): void {
    this.frame.style.display = isFrame ? 'block' : 'none';
    this.instead.hidden = isFrame;
  }
}

if (!customElements.get('demarc-map')) customElements.define('demarc-map', DemarcMap);
