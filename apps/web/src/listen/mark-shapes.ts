import type { MarkKind } from './turn-marks.ts'

/** How a mark is drawn on a field of 10 by 10; the same in the picture and in words beside it. */
export interface MarkShape {
  /** As the `d` of an SVG path. */
  readonly path: string
  readonly isFilled: boolean
  /** The custom property that holds its colour. */
  readonly color: `--lab-${string}`
  /** Row of the strip of marks. */
  readonly row: 0 | 1
}

/** Shapes that are told apart without their colours. */
export const markShapes: Readonly<Record<MarkKind, MarkShape>> = {
  tentative: {
    path: 'M5 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7Z',
    isFilled: false,
    color: '--lab-soft',
    row: 0,
  },
  started: { path: 'M2 1 9 5 2 9Z', isFilled: true, color: '--lab-you', row: 0 },
  misfire: { path: 'M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5', isFilled: false, color: '--lab-bad', row: 0 },
  pause: { path: 'M3 1v8M7 1v8', isFilled: false, color: '--lab-warn', row: 1 },
  resumed: { path: 'M2 1v8M4.5 1.5 9 5 4.5 8.5Z', isFilled: false, color: '--lab-you', row: 1 },
  stopped: { path: 'M1.5 1.5h7v7h-7Z', isFilled: true, color: '--lab-ink', row: 1 },
}
