import type {
  backendTexts as en,
  translationTexts as enTranslation,
  voiceTexts as enVoices,
} from './en-backends.ts'

/** What is said of backends, their voices and translation, in German. */
export const backendTexts: typeof en = {
  more: (count) =>
    count === 1
      ? '1 weiteres Backend braucht eine Einstellung'
      : `${count} weitere Backends brauchen eine Einstellung`,
  notSetUp: 'Nicht eingerichtet',
  description: (told, name) => (name === 'local' ? describeLocal(told) : (descriptions[name] ?? told)),
  guide: (title) => `So richtest du ${title} ein`,
  about: (title) => `Was ${title} kann`,
  states: {
    native: 'Das kann das Backend',
    supplied: 'Das übernimmt Parley',
    none: 'Geht hier nicht',
  },
  abilities: {
    handsFree: 'Merkt, wann du fertig bist',
    semanticTurns: 'Erkennt am Gesagten, ob du fertig bist',
    pushToTalk: 'Wechselt per Sprechtaste',
    interruption: 'Hält an, wenn du unterbrichst',
    truncation: 'Trennt Gehörtes von Ungehörtem',
    transcription: 'Schreibt mit, was du sagst',
    history: 'Setzt ein früheres Gespräch fort',
    forgetting: 'Vergisst einen Eintrag auf Wunsch',
    images: 'Sieht sich Bilder an',
    functions: 'Ruft Funktionen auf',
    mcp: 'Benutzt selbst MCP-Server',
    voiceChange: 'Wechselt die Stimme während der Sitzung',
    sideAnswers: 'Antwortet neben dem Gespräch',
  },
  facts: {
    price: 'Preis',
    session: 'Längste Sitzung',
    context: 'Kontextfenster',
    place: 'Wo es läuft',
  },
  prices: {
    free: 'Kostenlos',
    unknown: 'Parley nicht bekannt',
    perMillion: 'US-Dollar je Million Token',
    row: (kind, price) => `${kind} ${price}`,
    kinds: {
      textIn: 'Text hinein',
      textCachedIn: 'Text aus dem Cache',
      textOut: 'Text heraus',
      audioIn: 'Ton hinein',
      audioCachedIn: 'Ton aus dem Cache',
      audioOut: 'Ton heraus',
      imageIn: 'Bilder hinein',
      imageCachedIn: 'Bilder aus dem Cache',
    },
    anyModel: 'Jedes Modell',
  },
  noLimit: 'Keine Grenze',
  limitUnknown: 'Parley nicht bekannt',
  minutes: (value) => `${value} Minuten`,
  tokens: (value) => `${value} Token`,
  byModel: 'Je nach Modell',
  here: 'Auf diesem Rechner, nichts verlässt ihn',
  elsewhere: 'In der Cloud oder dort, wohin seine Adresse zeigt',
  evidence: 'Woher diese Angaben kommen',
  ownEvidence: 'Es läuft hier: Jede Zeile ist durch die Tests dieser Version belegt.',
  confidence: {
    documented: 'dokumentiert',
    measured: 'gemessen',
    'third-party': 'von anderen berichtet',
    assumed: 'angenommen',
  },
  model: 'Modell',
  defaultModel: 'Das des Backends',
  semantic: 'Am Sinn',
  eagerness: 'Wie bald eine Pause als Ende gilt',
  eagernessChoices: { auto: 'Von selbst', low: 'Spät', medium: 'Mittel', high: 'Früh' },
  noPushToTalk: 'Dieses Backend hört immer selbst zu: Es gibt keine Sprechtaste.',
  ownInstructions: 'Dieses Backend behält seine eigenen Anweisungen.',
  speed: 'Tempo der Stimme',
  temperature: 'Temperatur',
  automatic: 'Von selbst',
}

/** What is said of voices, in German. */
export const voiceTexts: typeof enVoices = {
  choose: (name) => `Stimme wählen. Jetzt: ${name}`,
  title: 'Stimmen',
  search: 'Nach Name, Sprache oder Stil suchen',
  language: 'Sprache',
  anyLanguage: 'Jede Sprache',
  gender: 'Geschlecht',
  anyGender: 'Jedes Geschlecht',
  genders: { female: 'Weiblich', male: 'Männlich', neutral: 'Neutral' },
  kind: 'Art',
  anyKind: 'Jede Art',
  found: (count) => `${count} Stimmen`,
  searching: 'Sucht',
  none: 'Keine Stimme passt. Such nach weniger.',
  listen: 'Anhören',
  listenTo: (name) => `${name} anhören`,
  stop: 'Anhalten',
  noSample: 'Dieses Backend spricht nur in einer Sitzung: Drück auf das Mikrofon, um die Stimme zu hören.',
  sampleFailed: 'Diese Stimme war gerade nicht zu hören.',
  use: 'Diese Stimme nehmen',
  automatic: 'Automatisch',
  automaticHint: 'Das Backend wählt nach der Sprache',
  style: 'Stil',
  plainStyle: 'Keiner',
  close: 'Schließen',
  loading: 'Das Backend nennt seine Stimmen',
  received: (done) => `bisher ${done}`,
  needsKey: 'Die Liste der Stimmen braucht einen Schlüssel',
  failed: 'Die Stimmen konnten nicht geladen werden.',
  retry: 'Noch einmal',
  moreLanguages: (count) => `und ${count} weitere`,
}

/** What is said of live translation, in German. */
export const translationTexts: typeof enTranslation = {
  purpose: 'Zweck',
  conversation: 'Gespräch',
  translation: 'Übersetzung',
  from: 'Du sprichst',
  to: 'Du hörst',
  swap: 'Sprachen tauschen',
  original: 'Original',
  translated: 'Übersetzung',
  emptyTitle: 'Sprich die eine Sprache, hör die andere.',
  emptyText: (from, to) =>
    `Drück auf das Mikrofon und sprich ${from}. Jeder Satz kommt auf ${to} zurück, und beides steht nebeneinander.`,
  missing: 'Was die Übersetzung hier braucht',
  guide: 'Wie Übersetzung mit diesem Backend geht',
  notYet: 'Das kann noch nicht beginnen: Die Einstellungen sagen, was fehlt.',
  needs: {
    'language-model':
      'Dieses Backend hat kein Sprachmodell: Der eingebaute Antworter kann nicht übersetzen. Starte das Gateway mit PARLEY_LLM_URL und PARLEY_LLM_MODEL für einen beliebigen OpenAI-kompatiblen Chat-Endpunkt.',
    'own-instructions':
      'Dieses Backend behält seine eigenen Anweisungen und lässt sich nicht zum Dolmetschen anhalten.',
    'recognition-download': (language) =>
      `Um ${language} zu verstehen, braucht es einen einmaligen Download.`,
    'no-recognition': (language) => `Dieses Backend versteht ${language} nicht.`,
    'speech-download': (language) => `Um ${language} zu sprechen, braucht es einen einmaligen Download.`,
    'no-speech': (language) => `Dieses Backend hat keine Stimme für ${language}.`,
    'same-language': 'Wähl zwei verschiedene Sprachen.',
  },
}

/** Backends by name. */
const descriptions: Readonly<Record<string, string>> = {
  openai: 'Die Sprachmodelle von OpenAI über die Realtime API.',
  'azure-openai': 'Ein Sprachmodell von OpenAI in Azure.',
  'voice-live': 'Der Sprachdienst von Azure mit 600 Stimmen.',
  'voice-live-agent':
    'Ein Agent aus Foundry mit eigenen Anweisungen und Werkzeugen und den Stimmen von Azure.',
  'voice-live-byom': 'Der Sprachdienst von Azure mit einem eigenen Modell.',
  'gemini-live': 'Die Sprachmodelle von Google über die Live API.',
  'openai-compatible': 'Ein Server, der die Sprache von OpenAI Realtime spricht.',
  duet: 'Ein Backend denkt und schreibt, ein anderes spricht es Satz für Satz.',
  replay: 'Eine aufgenommene Sitzung: Sie antwortet immer, was damals geantwortet wurde.',
}

/** The gateway names the language model in its sentence, where there is one. */
function describeLocal(told: string): string {
  const model = /the language model (.+)\.$/.exec(told)?.[1]
  const mind =
    model === undefined
      ? 'einem eingebauten Antwortgeber, der kein Sprachmodell ist'
      : `dem Sprachmodell ${model}`
  return `Sprache auf dem Rechner des Gateways mit ${mind}.`
}
