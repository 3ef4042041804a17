import type { LaneRun } from '@parley/compare'

/** Why a pass failed, with the backend's own words where the end of the connection alone says little. */
export function failureReason({ problem, marks }: LaneRun): string | undefined {
  if (problem === undefined) return undefined
  const said = marks.findLast((mark) => mark.type === 'error')
  if (said?.type !== 'error' || said.text === '' || problem.message.includes(said.text))
    return problem.message
  return `${said.text} (${problem.message.replace(/\.$/, '')})`
}
