/** What the doctor found out about one thing. */
export interface Finding {
  readonly area: Area
  readonly name: string
  /** `skipped` was not looked at, which is neither good nor bad. */
  readonly state: 'ok' | 'skipped' | 'warning' | 'problem'
  readonly detail: string
  /** What to do; absent where nothing needs to be done. */
  readonly advice?: string
}

/** Parts of the report, in the order they are shown. */
export const areas = ['system', 'settings', 'network', 'gateway', 'backends', 'sound'] as const

/** One of `areas`. */
export type Area = (typeof areas)[number]

/** Makes findings of one area. */
export interface Findings {
  readonly ok: (name: string, detail: string) => Finding
  readonly skipped: (name: string, detail: string) => Finding
  readonly warning: (name: string, detail: string, advice: string) => Finding
  readonly problem: (name: string, detail: string, advice: string) => Finding
}

/** Findings of an area. */
export function findingsOf(area: Area): Findings {
  return {
    ok: (name, detail) => ({ area, name, state: 'ok', detail }),
    skipped: (name, detail) => ({ area, name, state: 'skipped', detail }),
    warning: (name, detail, advice) => ({ area, name, state: 'warning', detail, advice }),
    problem: (name, detail, advice) => ({ area, name, state: 'problem', detail, advice }),
  }
}

/** How many findings are of each state, as a sentence. */
export function verdict(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length
  const problems = count('problem')
  const warnings = count('warning')
  const warned = warnings === 1 ? '1 warning' : `${warnings} warnings`
  if (problems > 0) return `${problems === 1 ? '1 problem' : `${problems} problems`}, ${warned}.`
  return warnings > 0 ? `No problems, ${warned}.` : 'All is well.'
}
