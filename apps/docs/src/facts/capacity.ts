/** Where and when figures were taken. */
export interface Measured {
  readonly date: string
  readonly machine: string
  /** Load of the machine just before, over one minute; others used it too where it is more than nothing. */
  readonly loadBefore: number
}

/** One kind of call of `apps/gateway/bench/sessions.ts`. */
export interface CarriedCalls {
  /** Sound in each frame (ms). */
  readonly frameMs: number
  /** The client can come back to any gateway: every frame but sound is written to Redis. */
  readonly resumable: boolean
  /** CPU per call and second (ms). */
  readonly cpuMs: number
  /** Calls that would take 70 % of a core: computed from the CPU. */
  readonly calls: number
  /** Calls that were really carried with at most 20 ms of delay for 95 % of frames; 0 where not even the first step was. */
  readonly carried: number
}

/** How many calls a gateway carries: `pnpm --filter @parley/gateway bench`. */
export const capacity: Measured & {
  readonly rows: readonly CarriedCalls[]
  /** Memory of a call in which nobody speaks (KB). */
  readonly idleKilobytes: number
} = {
  date: '2026-11-23',
  machine: 'AMD EPYC, two virtual cores shared with callers, backend, Redis and other work',
  loadBefore: 7.9,
  rows: [
    { frameMs: 20, resumable: false, cpuMs: 8.71, calls: 80, carried: 0 },
    { frameMs: 20, resumable: true, cpuMs: 9.36, calls: 74, carried: 0 },
    { frameMs: 100, resumable: false, cpuMs: 3.77, calls: 185, carried: 0 },
    { frameMs: 100, resumable: true, cpuMs: 4.44, calls: 157, carried: 0 },
  ],
  idleKilobytes: 82,
}

/** What a conversation of 200 turns adds to the first answer: `pnpm --filter @parley/gateway bench:seeding`. */
export const seeding: Measured & {
  /** Medians of 40 sessions each: with all it takes, and CPU of gateway, client and backend together (ms). */
  readonly rows: readonly {
    readonly store: 'SQLite' | 'PostgreSQL'
    readonly strategy: string
    /** Tokens, `null` for no limit. */
    readonly budget: number | null
    readonly addedMs: number
    readonly addedCpuMs: number
  }[]
} = {
  date: '2026-11-23',
  machine: 'AMD EPYC, two virtual cores shared with other work',
  loadBefore: 10.8,
  rows: [
    { store: 'SQLite', strategy: 'summary', budget: 8000, addedMs: 39.5, addedCpuMs: 15 },
    { store: 'SQLite', strategy: 'summary', budget: 2000, addedMs: 13.2, addedCpuMs: 8.3 },
    { store: 'SQLite', strategy: 'full', budget: null, addedMs: 16.3, addedCpuMs: 14.9 },
    { store: 'PostgreSQL', strategy: 'summary', budget: 8000, addedMs: 32.5, addedCpuMs: 12.3 },
    { store: 'PostgreSQL', strategy: 'summary', budget: 2000, addedMs: 19.4, addedCpuMs: 8.3 },
    { store: 'PostgreSQL', strategy: 'full', budget: null, addedMs: 37.3, addedCpuMs: 14.7 },
  ],
}
