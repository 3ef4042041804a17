import type { Lane } from '../lane.ts'

/** Whether a lane plays a recorded session: what it answers and when does not come from what is said to it. */
export function isReplay({ backend }: Lane): boolean {
  return backend === 'replay'
}
