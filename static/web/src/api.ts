// The one way of asking the server. What it answers is described beside it.

import type { GeoJSON } from 'geojson';

import { noted } from './offline/kept';

export type * from './answers';

/** An answer that is not the one asked for, with the server's words. Status 0: no answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly firstDate: string | null = null,
    /** what of the page's own address is wrong; the detail is its text */
    readonly wrong: 'bad_day' | 'unknown_place' | 'unknown_reading' | null = null,
    /** the rule that what was sent breaks */
    readonly rule: string | null = null,
  ) {
    super(detail || `status ${status}`);
    this.name = 'Problem';
  }
}

type Query = Readonly<Record<string, string | null>>;

/** Asks for JSON at a path below that of the page, such as v1/gaza. Throws a Problem, or the abort of its signal. */
export function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return answerOf<T>(path, query, signal ? { signal } : {});
}

/** Asks about a shape, which is sent along. Throws as ask does. */
export function askAbout<T>(shape: GeoJSON, path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const headers = { 'Content-Type': 'application/geo+json' };
  return answerOf<T>(path, query, { method: 'POST', headers, body: JSON.stringify(shape), ...(signal && { signal }) });
}

/** Asks about a file, which is sent along. Throws as ask does. */
export function askAboutFile<T>(file: Blob, path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return answerOf<T>(path, query, { ...posting(file), ...(signal && { signal }) });
}

/** Asks for an answer that is a file, about a file where there is one. Throws as ask does. */
export async function fileAbout(file: Blob | null, path: string, query: Query): Promise<Blob> {
  return (await respond(path, query, file ? posting(file) : {})).blob();
}

function posting(body: Blob): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body };
}

async function answerOf<T>(path: string, query: Query, request: RequestInit): Promise<T> {
  const answer = await respond(path, query, { ...request, headers: { Accept: 'application/json', ...request.headers } });
  try {
    return (await answer.json()) as T;
  } catch (fault) {
    if (request.signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
}

async function respond(path: string, query: Query, request: RequestInit): Promise<Response> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(given).toString();
  let answer: Response;
  try {
    answer = await fetch(search ? `${path}?${search}` : path, request);
  } catch (fault) {
    if (request.signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
  noted(answer);
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

/** Makes a Problem of whatever was thrown. A fault of the page's own code is worth a stack trace in the console too. */
export function asProblem(fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  console.error(fault);
  return new Problem(0, '');
}

async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null);
  const member = (name: string) => {
    const value = (body as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  };
  return new Problem(answer.status, member('detail') ?? member('title') ?? '', member('first_date'), null, member('rule'));
}
