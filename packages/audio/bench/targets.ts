import type { Target } from './section.ts'

interface Bounds {
  readonly must: number
  readonly aim?: number
  readonly unit: string
  /** Digits after the point of what was measured; 2 unless said otherwise. */
  readonly digits?: number
}

/** A figure that has to be at least so much. */
export function higherIsBetter(figure: string, measured: number, bounds: Bounds): Target {
  return target(figure, measured, bounds, (bound) => measured >= bound)
}

/** A figure that may be at most so much. */
export function lowerIsBetter(figure: string, measured: number, bounds: Bounds): Target {
  return target(figure, measured, bounds, (bound) => measured <= bound)
}

function target(
  figure: string,
  measured: number,
  bounds: Bounds,
  reaches: (bound: number) => boolean,
): Target {
  const { must, aim, unit, digits = 2 } = bounds
  const met = aim !== undefined && reaches(aim) ? 'aim' : reaches(must) ? 'must' : 'missed'
  return {
    figure,
    must: `${must} ${unit}`,
    ...(aim === undefined ? {} : { aim: `${aim} ${unit}` }),
    measured: `${measured.toFixed(digits)} ${unit}`,
    met,
  }
}
