/** Appearances a person can choose. */
export const themes = ['system', 'light', 'dark'] as const

/** An appearance; `system` follows the device. */
export type Theme = (typeof themes)[number]

/** The appearance of that name; anything else follows the device. */
export function parseTheme(name: string | undefined): Theme {
  return themes.find((theme) => theme === name) ?? 'system'
}
