declare module 'vitest' {
  interface ProvidedContext {
    /** Chromium for the tests, empty without one. */
    readonly browserPath: string
    /** Origin of the playground that the tests share. */
    readonly url: string
    /** Origin of its gateway. */
    readonly gatewayUrl: string
  }
  interface TaskMeta {
    /** What a test measured, for the report. */
    figures?: Readonly<Record<string, number>>
  }
}

export {}
