/** One area of the benchmark: what it prints, and what the docs page shows. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly tables: readonly Table[]
  readonly plots?: readonly Plot[]
}

/** Figures side by side. */
export interface Table {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly targets?: readonly Target[]
}

/** A figure with what it has to reach. */
export interface Target {
  readonly figure: string
  readonly must: string
  readonly aim?: string
  readonly measured: string
  readonly met: 'aim' | 'must' | 'missed'
}

/** A drawing, as SVG. */
export interface Plot {
  readonly id: string
  readonly title: string
  readonly svg: string
}

/** `quick` measures less, to see that everything runs. */
export interface BenchOptions {
  readonly quick: boolean
}
