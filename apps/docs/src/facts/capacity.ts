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
  /** CPU per call and second (ms). `null` where the machine was too busy to measure. */
  readonly cpuMs: number | null
  /** Calls that take 70 % of a core. */
  readonly calls: number | null
}

/** How many calls a gateway carries: `pnpm --filter @parley/gateway bench`. */
export const capacity: Measured & {
  readonly carried: readonly CarriedCalls[]
  /** Memory of a call in which nobody speaks (KB). */
  readonly idleKilobytes: number
} = {
  date: '2026-11-23',
  machine: 'AMD EPYC, two virtual cores shared with callers, backend and Redis',
  loadBefore: 19.8,
  carried: [
    { frameMs: 20, resumable: false, cpuMs: 7.08, calls: 98 },
    { frameMs: 20, resumable: true, cpuMs: 11.83, calls: 59 },
    { frameMs: 100, resumable: false, cpuMs: null, calls: null },
    { frameMs: 100, resumable: true, cpuMs: null, calls: null },
  ],
  idleKilobytes: 78,
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
  loadBefore: 16.9,
  rows: [
    { store: 'SQLite', strategy: 'summary', budget: 8000, addedMs: 59.0, addedCpuMs: 20.7 },
    { store: 'SQLite', strategy: 'summary', budget: 2000, addedMs: 42.0, addedCpuMs: 13.0 },
    { store: 'SQLite', strategy: 'full', budget: null, addedMs: 63.2, addedCpuMs: 20.0 },
    { store: 'PostgreSQL', strategy: 'summary', budget: 8000, addedMs: 77.1, addedCpuMs: 19.4 },
    { store: 'PostgreSQL', strategy: 'summary', budget: 2000, addedMs: 84.4, addedCpuMs: 12.6 },
    { store: 'PostgreSQL', strategy: 'full', budget: null, addedMs: 96.8, addedCpuMs: 20.0 },
  ],
}
