const maxWords = 6
const maxCharacters = 60

/** Name of an exported conversation without its ending: its first words and the day it was last talked in. */
export function exportName(title: string, at: number): string {
  const words = title.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const begin = Array.from(words.slice(0, maxWords).join(' ')).slice(0, maxCharacters).join('').trim()
  const day = new Date(at)
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  return begin === '' ? `Parley ${date}` : `${begin} ${date}`
}
