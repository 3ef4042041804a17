/**
 * What a voice should say for a clause: the same words without Markdown, web addresses' scheme or emoji.
 * Works on clauses that hold only half of a mark; empty when nothing is left to say.
 */
export function toSpokenText(clause: string): string {
  return clause
    .replace(/^\s*(?:```|~~~).*$/gm, ' ')
    .replace(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/gm, ' ')
    .replace(/!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/\]\([^)\s]*\)/g, '')
    .replace(/!?\[(?![^\]]*\])/g, '')
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^>]*)?\/?>/gi, ' ')
    .replace(/\bhttps?:\/\/(?:www\.)?([^\s)>\]]*[^\s)>\].,;:!?/])\/?/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+•]\s+(?:\[[ x]\]\s+)?)/gm, '')
    .replace(/`+|~~|\*{2,}|(?<!\s|\d|^)\*|\*(?!\s|\d|$)/gm, '')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/_/g, '')
    .replace(emoji, '')
    .replace(/\s+/g, ' ')
    .trim()
}

// Pictures, flags, key caps, skin tones and the joiners between them; ©, ® and ™ are text and stay.
const emoji =
  /[\d#*]\uFE0F?\u20E3|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200D|\uFE0F/gu
