/** What runs inside an engine's child process. */
export interface Engine<Request, Part> {
  /**
   * Answers one request, with one part (a promise) or with parts as they come (an iterable). The same request
   * gives the same parts, so that a retry after a crash can skip what was delivered. `signal` fires when nobody
   * waits any more.
   */
  run(request: Request, signal: AbortSignal): Promise<Part> | AsyncIterable<Part>
}

/** An engine module exports `startEngine`; it resolves when the engine is warm. */
export interface EngineModule<Options, Request, Part> {
  startEngine(options: Options): Promise<Engine<Request, Part>>
}

/** Messages to the child process. Sent with the structured clone algorithm, typed arrays included. */
export type EngineCommand<Request> =
  | { readonly type: 'start'; readonly module: string; readonly options: unknown }
  | { readonly type: 'run'; readonly id: number; readonly request: Request }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'stop' }

/** Messages from the child process. `end` carries the part of an engine that answers with one. */
export type EngineEvent<Part> =
  | { readonly type: 'ready' }
  | { readonly type: 'start_failed'; readonly reason: string }
  | { readonly type: 'part'; readonly id: number; readonly part: Part }
  | { readonly type: 'end'; readonly id: number; readonly parts: readonly Part[] }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
