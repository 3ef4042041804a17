import { lines, words, type Grammar } from './grammar.ts'

const numbers = words(`null eins ein zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn
  vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig
  neunzig hundert tausend doppel`)
const numberWord =
  /^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?(und|hundert|tausend)?(ein|zwei|drei|vier|fünf|sech|sieb|acht|neun)?(und)?(zehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)$/

const modals =
  words(`möchte möchten kann kannst können könnt könnte könnten könntest will willst wollen wollte
  wollten muss musst müssen musste müssten soll sollst sollen sollte sollten darf dürfen dürfte würde würden
  würdest lass lassen`)
const perfects = words(
  'habe hast hat haben hatte hatten bin bist ist sind war waren wurde wurden wird werden',
)
const subordinators = words(`dass weil wenn ob obwohl nachdem bevor während damit sobald solange falls`)
const questionWords = words(
  'wann wer wen wem was wo wie warum wieso weshalb welche welcher welches wohin woher',
)

const infinitive = /(en|ern|eln|tun|sein)$/
const participle =
  /^(ge\w{2,}(t|en)|(ab|an|auf|aus|ein|mit|vor|zu|zurück|um|her|hin|nach|weg)ge\w+(t|en)|(be|ver|er|ent|zer|miss)\w{2,}(t|en)|\w{3,}iert)$/
const finiteEnd =
  /(t|st|te|ten|en|ist|sind|kann|will|muss|soll|habe|hatte|komme|könnte|würde|brauche|weiß|war)$/

/** Stems of verbs by the particle that closes them. */
const separable: Readonly<Record<string, RegExp>> = {
  an: /^(mach|ruf|fang|fäng|komm|schau|sieh|seh|biet|nehm|nimm|meld|zeig|zieh|hör|pass|kling|schalt|zünd|bring)/,
  ab: /^(hol|geb|gib|sag|lehn|schalt|brech|brich|bieg|fahr|stürz|schließ|lauf|läuf)/,
  auf: /^(mach|hör|steh|leg|nehm|nimm|schreib|wach|pass|fäll|fall|räum|geb|gib|ruf|tauch)/,
  aus: /^(mach|lauf|läuf|schalt|fall|fäll|seh|sieh|füll|geh|druck|such|zieh|reich|komm)/,
  ein: /^(schalt|stell|lad|lös|kauf|steig|richt|trag|zahl|fall|fäll|schlaf|logg)/,
  mit: /^(komm|nehm|nimm|teil|bring|mach|fahr|geh|les)/,
  nach: /^(schau|denk|frag|seh|sieh|geb|gib|les|lies)/,
  um: /^(zieh|steig|tausch|buch|stell|kehr|dreh|seh)/,
  vor: /^(les|lies|stell|schlag|bereit|hab|komm|führ|spiel)/,
  zu: /^(mach|hör|schick|schau|stimm|sag|lass|nehm|nimm|greif|schließ)/,
  zusammen: /^(fass|stell|komm|arbeit|pass)/,
}

/** The last word is the particle of a verb that the sentence began with. */
function closesVerb(last: string, all: readonly string[]): boolean {
  const verbs = separable[last]
  return verbs !== undefined && all.slice(0, -1).some((word) => verbs.test(word))
}

/** German. */
export const german: Grammar = {
  language: 'de',
  markers:
    words(`der die das ein eine ich sie wir und ist nicht mit für von zu auf den dem bitte ja nein wie was
    haben hat kann möchte auch noch mir mich mein meine es wird sind wenn dass weil im am um ins vom zum hier da sehr schon noch nur gegen seit entweder`),
  fillers: lines(`äh
    ähm
    öh
    hm
    hmm
    mh
    tja
    naja
    na ja
    also
    sagen wir
    wie soll ich sagen
    sozusagen
    moment mal
    also im grunde
    im grunde
    eigentlich`),
  openers:
    words(`der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner dein
    deine deinen deinem deiner sein seine seinen seinem unser unsere unseren unserem unserer ihre ihren ihrem ihrer
    kein keine keinen keinem dieser diese diesen diesem jeder jede jeden jedem
    mit ohne für gegen von bei seit durch zwischen unter über neben hinter wegen trotz während bis nach auf an aus um vor im am ins
    ans vom zum zur beim per pro
    und oder aber denn sondern weil dass wenn ob obwohl nachdem bevor damit falls sowie beziehungsweise
    ich er wir man wer wann wo wie als sehr ganz zu in
    entweder weder einerseits zuerst`),
  leaners: words(`ist sind war waren bin bist habe hast hat haben hatte hatten wird werden wurde wurden kann
    kannst können könnte könnten will wollen muss müssen soll sollen darf dürfen möchte möchten würde würden
    mag suche nehme brauche glaube denke finde gibt noch schon nur auch sogar etwa ungefähr ziemlich nicht
    sie gebeten gesagt gehört neue neuen alte alten nächste nächsten letzte letzten großes kleines halbes halben mehr
    leider ihnen gestern hauptsächlich lieber hundert tausend`),
  openPhrases: [
    /\b(ich|wir|sie|er) (glaube|denke|meine|meinte|hoffe|finde|weiß|wollte|würde|hätte|suche|brauche)( gerne?)?$/,
    /\b(können|könnten|würden|kannst|könntest) (sie|du|wir)( mir| uns)?( bitte)?( das)?$/,
    /\b(nummer|adresse|name|code|datum|mail|e-mail|rechnung|problem|summe|frage) (ist|lautet|war|endet auf|läuft auf)$/,
    /(\bes|^da) (gab|gibt|war|ist|steht)( fehler)?$/,
    /\bum (die|den|das|einen|eine|ein|mein|meine|meinen) \S+$/,
    /\b(ich|wir) (würde|hätte|möchte)n? (gerne?|lieber|sagen)?$/,
    /^(soweit ich weiß|ehrlich gesagt|wie gesagt|es sei denn|sie wissen schon|eigentlich)$/,
    /^einerseits (?!.*andererseits)/,
    /\b(ist|sind|war|waren) dass$/,
    /(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und$/,
    /(am|der|die|den|das|vom|zum|dem) \S+(zig|zehn|elf|zwölf|vier|fünf|sechs|sieb|ach|neun|zwei|drit|ers)s?te[nrs]?$/,
    /(hast|haben|habt) (du|sie|ihr)$/,
    /^(hast|haben) (du|sie) (gehört|gesagt|gesehen)$/,
    /^wann (hast du|haben sie) gesagt$/,
    /mich gebeten$/,
    /^das (wäre|wird|würde)( \S+)?$/,
    /^zuerst (?!.*dann)/,
    /^(fass|nimm|öffne|schreib|lösch|zeig|lies|übersetze?) (den|die|das) (\S+e[rn]?)$/,
    /^(ein|eine|einen) \S+ von (mir|uns|ihm|ihr)$/,
    /^wie viele? \S+ (hat|hast|haben|sind|gibt)$/,
    /zeit gehabt$/,
  ],
  closedAnswers: lines(`ja
    ja bitte
    ja gerne
    ja genau
    jawohl
    nein
    nee
    nein danke
    okay
    ok
    genau
    richtig
    stimmt
    klar
    natürlich
    auf jeden fall
    auf keinen fall
    gerne
    vielleicht
    eher nicht
    noch nicht
    nie
    immer
    beide
    beides
    keins von beiden
    danke
    vielen dank
    dankeschön
    tschüss
    auf wiederhören
    auf wiedersehen
    hallo
    guten tag
    stopp
    stop
    abbrechen
    hilfe
    moment bitte
    einen moment bitte
    das war alles
    das wars
    ich weiß nicht
    ich glaube nicht
    ich glaube schon
    verstehe
    alles klar
    passt
    schönen tag noch`),
  questions:
    /^(und |aber |also |okay )?(weißt|wissen|was|wer|wen|wem|wo|wohin|woher|wann|warum|wieso|weshalb|wie|welche[rsmn]?|haben|hast|hat|ist|sind|kann|kannst|können|könnten|gibt|brauche|soll|sollen|muss|darf|wird|liefern|machen|sehen)\b/,
  closers:
    /\b(bitte|danke|heute|morgen|gestern|jetzt|später|wieder|auch|nicht|mir|mich|uns|ihnen|dich|dir|ein paar|ab|zurück|los|fertig|weg|uhr|euro|prozent|minuten|stunden|tage|tagen|woche|wochen|monate|monaten|jahre|jahren|abend|mittag|vormittag|nachmittag|wochenende|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|gut|teuer|klein|billiger)$/,
  clause: germanClause,
  digits: words('null eins zwei zwo drei vier fünf sechs sieben acht neun doppel'),
  isNumber: (word) => numbers.has(word) || /^\d+$/.test(word) || numberWord.test(word),
}

/** The German bracket: what a clause opens with its finite verb, or with a conjunction, its last words close. */
function germanClause(all: readonly string[]): number {
  const last = all.at(-1) ?? ''
  if (closesVerb(last, all)) return -1.6
  if (perfects.has(last) && participle.test(all.at(-2) ?? '')) return -1.2
  const begun = all.findLastIndex((word, index) => subordinators.has(word) && index < all.length - 1)
  const [first = ''] = all
  if (begun >= 0) {
    const clause = all.slice(begun + 1)
    // The verb of a subordinate clause stands at its end, or a main clause has begun after it.
    const closed =
      clause.length >= 2 &&
      (finiteEnd.test(last) || (clause.includes('ich') && clause.length > 2 && last.endsWith('e')))
    if (begun === 0 && first !== 'weil') return mainAfter(clause) ? -0.3 : closed ? 0.4 : 0.7
    return closed ? -0.4 : clause.some((word, index) => index > 0 && finiteEnd.test(word)) ? 0.1 : 0.7
  }
  const asks = questionWords.has(first)
  const modal = all.findIndex((word) => modals.has(word))
  if (modal >= 0 && modal <= 3 && !asks) {
    if (infinitive.test(last)) return -0.4
    return all.slice(modal + 1).some((word) => word.length > 4 && infinitive.test(word)) ? 0 : 0.5
  }
  const perfect = all.findIndex((word) => perfects.has(word))
  if (perfect >= 0 && perfect <= 3) {
    if (participle.test(last)) return -0.4
  }
  return 0
}

/** After the clause that stands first comes a finite verb, and its subject after it. */
function mainAfter(clause: readonly string[]): boolean {
  return clause.some(
    (word, index) =>
      index >= 2 &&
      finiteEnd.test(word) &&
      /^(ich|du|er|sie|es|wir|man|das|die|der)$/.test(clause[index + 1] ?? ''),
  )
}
