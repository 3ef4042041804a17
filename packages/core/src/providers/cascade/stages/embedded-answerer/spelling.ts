/** Languages the answerer speaks. */
export type AnswerLanguage = 'en' | 'de'

// What recognition writes for names it does not know, and words people write in two ways.
const respellings: readonly (readonly [RegExp, string])[] = [
  [/\b(?:parlay|parlee|parly|parlie|parleigh|parle|pali)\b/g, 'parley'],
  [
    /\b(?:as your|asure|azur|a sure|ashore)(?= (?:open|voice|speech|key|subscription|model|account|ai\b))/g,
    'azure',
  ],
  [/\b(?:asure|azur)\b/g, 'azure'],
  [/\bvoice (?:life|alive|leave)\b/g, 'voice live'],
  [/\bgemini (?:life|alive)\b/g, 'gemini live'],
  [/\b(?:open|offen) ?a ?i\b/g, 'openai'],
  [/\bchat ?g ?p ?t\b/g, 'chatgpt'],
  [/\bg p t\b/g, 'gpt'],
  [/\bweb ?r ?t ?c\b/g, 'webrtc'],
  [/\bweb socket(s?)\b/g, 'websocket$1'],
  [/\bl l m\b/g, 'llm'],
  [/\bv a d\b/g, 'vad'],
  [/\bm c p\b/g, 'mcp'],
  [/\bs i p\b/g, 'sip'],
  [/\bb y o m\b/g, 'byom'],
  [/\ba p i\b/g, 'api'],
  [/\bs d k\b/g, 'sdk'],
  [/\bmodells?\b/g, 'modell'],
  [/\blicence/g, 'license'],
  [/\b(?:back end|back and|hintergrunddienst)(s?)\b/g, 'backend$1'],
  [/\bcolour/g, 'color'],
  [/\bfavourite/g, 'favorite'],
  [/\b(?:olama|o lama|oh llama)\b/g, 'ollama'],
]

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|where|when|how|that|it|there|here)['’]s\b/giu, '$1 is'],
  [/\bwhats\b/giu, 'what is'],
  [/\b(i)['’]m\b/giu, '$1 am'],
  [/\b(you|we|they)['’]re\b/giu, '$1 are'],
  [/\b(i|you|we|they)['’]ve\b/giu, '$1 have'],
  [/\b(i|you|we|they|it)['’]ll\b/giu, '$1 will'],
  [/\b(do|does|did|is|are|was|has|have|could|would|should)n['’]t\b/giu, '$1 not'],
  [/\bcan['’]t\b/giu, 'cannot'],
  [/\b(wie|was|wo|wer|geht|gibt|hab|ist)['’]s\b/giu, '$1 es'],
]

/** The words as said, without punctuation and contractions; case and umlauts stay, decimals stay whole. */
export function toPlainWords(text: string): string {
  return contractions
    .reduce((words, [pattern, full]) => words.replace(pattern, full), text.normalize('NFC'))
    .replace(/(?<=\d),(?=\d{3}\b)/g, '')
    .replace(/(?<=\d),(?=\d)/g, '.')
    .replace(/\.(?!\d)|(?<!\d)\./g, ' ')
    .replace(/[^\p{L}\p{N}.%+*/×÷'’_-]+|(?<![\p{L}\p{N}])['’]|['’](?![\p{L}\p{N}])/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A form in which different spellings of the same words are equal: lower case, no accents, known respellings. */
export function toSearchForm(text: string): string {
  const plain = toPlainWords(text)
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return respellings.reduce((words, [pattern, spelling]) => words.replace(pattern, spelling), plain)
}

const functionWords: Readonly<Record<AnswerLanguage, ReadonlySet<string>>> = {
  en: new Set(
    (
      'a an the and or but of to in on at for with from by as is are was were be been am do does did can could will ' +
      'would should shall may might must i you he she it we they me my your his her its our their this that these those ' +
      'what which who where when why how there here not no yes please tell say about any some have has had get got if ' +
      'so just also than then into out up one know want like need really exactly actually mean thing things let us ' +
      'happen happens give show explain describe get got keep keeps am good new somebody anybody someone should something anything kind sort much many'
    ).split(' '),
  ),
  de: new Set(
    (
      'der die das den dem des ein eine einen einem einer eines und oder aber von zu zum zur in im an am auf fur mit aus ' +
      'bei ist sind war waren sein bin bist kann kannst konnte konnen wird werden wurde soll sollte darf muss mochte ich ' +
      'du er sie es wir ihr mich mir dich dir mein meine meinen meinem dein deine deinen deinem sich was wer wie wo wann ' +
      'warum wieso welche welcher welches welchen es gibt nicht kein keine ja nein bitte sag sage erzahl erzahle mal denn ' +
      'eigentlich uber hat habe haben hast man da dann noch auch nur so als wenn dass ob um nach vor wieder einfach genau ' +
      'etwas erklar erklare beschreib beschreibe gerade selbst immer jemand wird wirst mit gut gute gutes neue dieses diese dieser diesem eben doch machen mache macht tun geht viel viele eigenen'
    ).split(' '),
  ),
}

/** Words of the search form that carry meaning; all words when none does. */
export function contentWords(text: string, language: AnswerLanguage): readonly string[] {
  const words = toSearchForm(text).split(' ').filter(Boolean)
  const content = words.filter((word) => !functionWords[language].has(word))
  return content.length > 0 ? content : words
}

/** The language most of the function words belong to; `undefined` when the text does not tell. */
export function detectLanguage(text: string): AnswerLanguage | undefined {
  const words = toSearchForm(text).split(' ')
  const count = (language: AnswerLanguage): number =>
    words.filter((word) => functionWords[language].has(word)).length
  const extra = /[äöüß]/i.test(text) ? 2 : 0
  const [german, english] = [count('de') + extra + germanHints(words), count('en') + englishHints(words)]
  if (german === english) return undefined
  return german > english ? 'de' : 'en'
}

function germanHints(words: readonly string[]): number {
  return words.filter((word) =>
    /^(?:hallo|guten|danke|tschuss|zahle?|wiederhole|heisse|sprich|nochmal|spat|uhr|merk|deutsch|weiter|stopp|genau)$|(?:ung|lich|keit|isch|sche[nrs]?)$/.test(
      word,
    ),
  ).length
}

function englishHints(words: readonly string[]): number {
  return words.filter((word) =>
    /^(?:hello|hi|thanks|thank|bye|goodbye|count|repeat|name|time|hey|again|more|stop|okay)$|(?:tion|ing|ness|ly)$/.test(
      word,
    ),
  ).length
}
