const units = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** A size for people, in the unit that fits: `840 kB`, `3.2 MB`, `12 GB`. */
export function formatBytes(bytes: number, language: string): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power - 1] ?? 'megabyte',
    maximumFractionDigits: value < 10 && power > 1 ? 1 : 0,
  }).format(value)
}
