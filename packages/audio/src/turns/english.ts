import { lines, words, type Grammar } from './grammar.ts'

const numbers =
  words(`zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen
  fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
  thousand million double triple`)

const subjects = words('i you he she we they it')
const subordinators = words('if when although while since after before once whenever until')

/** English. */
export const english: Grammar = {
  language: 'en',
  markers:
    words(`the a an of to and i you is it that was for my your we they what how do does not don't i'm it's
    please would like can could where who when yes okay with this have are`),
  fillers: lines(`um
    uh
    erm
    er
    hmm
    hm
    mm
    well
    you know
    i mean
    let me see
    basically
    so basically`),
  openers: words(`a an the my your his our their its every each another
    of for from with without into onto at by about under over between among through during against toward towards
    than as per via until since unless except besides beyond after before past near behind below
    and or but because although though while whereas if whether which whose who when where
    i he she we they i'm i'll i'd i've he's she's we're we'll they're you're you'll it's that's there's
    very really such quite rather to in on nor either`),
  leaners: words(`this these that some any her more most less no
    is are was were am be been being have has had do does did don't doesn't didn't can can't could
    couldn't will won't would wouldn't shall should shouldn't may might must want wants need needs get gets make
    makes made take takes give gives put puts let lets find send sends bring buy say says tell tells
    ask asked avoid delete wrote sell sells bought agreed looking trying going just also still even only maybe
    perhaps actually well said new old last next main whole own favorite`),
  openPhrases: [
    /\b(looking|waiting|asking|calling|searching) (for|to|about)$/,
    /\b(would|i'd|we'd) (like|love|prefer|rather)( to)?$/,
    /\b(do|don't|would) you (mind|have|know|want|need|think|remember)$/,
    /\b(can|could|would|will) (you|i|we|he|she|they)( please)?( just)?$/,
    /\b(tell|show|give|send|get|bring|ask|let) (me|him|her|us|them)$/,
    /\b(name|number|address|code|total|email|problem|question|reason|birthday|birth|color) (is|was|are|ends in)$/,
    /\b(i|we|they) (think|guess|mean|believe|suppose|hope|said|thought)$/,
    /\b(there|here) (is|was|are|were)$/,
    /\b(said|told me|believe|means|sure|know) (that|if|whether)$/,
    /\b(in order|used|want|need|have|able|going|ready|way|how) to$/,
    /\b(a|an|the|my|your|this|that) (large|small|big|new|old|first|second|third|last|next|strange|medical|nearest)$/,
    /^on the one hand (?!.*other)/,
    /^first (?!.*then)/,
    /^(a|an|the) \S+ of (mine|yours|ours|his|hers)$/,
    /^when did (you|he|she|they) say$/,
    /\b(was|were|is|are|has|have) (charged|born|called|made|sold|sent)$/,
    /\bcan you make (it|that|this)$/,
    /^(on the one hand|first|then|actually|like i said|to be honest|as far as i know|sorry i meant|it says)$/,
  ],
  closedAnswers: lines(`yes
    yeah
    yep
    yes please
    no
    nope
    no thanks
    no thank you
    okay
    ok
    sure
    right
    exactly
    correct
    of course
    absolutely
    definitely
    not really
    not yet
    maybe
    never
    always
    none
    neither
    both
    both of them
    thanks
    thank you
    thank you very much
    goodbye
    bye
    hello
    hi
    stop
    cancel
    help
    hold on
    i agree
    i see
    i don't know
    i don't think so
    that's all
    that's it
    that's right
    sounds good
    never mind
    go ahead
    sure go ahead
    have a nice day`),
  questions:
    /^(and |so |but |okay )?(what|what's|which|who|who's|where|where's|when|why|how|do|does|did|is|are|can|could|will|would|should)\b/,
  closers:
    /\b(with that|with this|do that|like that|let's go|please|thanks|thank you|today|tomorrow|tonight|yesterday|now|later|again|instead|anymore|too|then|it|me|him|them|us|this|that one|one|here|there|working|ago|o'clock|am|pm|dollars|euros|percent|minutes|hours|days|weeks|months|years|morning|evening|afternoon|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/,
  clause(all) {
    const [first = '', second = ''] = all
    // A clause that stands before the main one: it needs a second subject.
    const opens = subordinators.has(first) && second !== 'when'
    const clauses = all.slice(0, -1).filter((word) => subjects.has(word)).length
    if (opens) return clauses >= 2 ? -0.3 : 0.9
    if (first === 'in' && second === 'order') return clauses >= 1 ? -0.2 : 0.7
    return 0
  },
  digits: words('zero oh one two three four five six seven eight nine double triple'),
  isNumber: (word) => numbers.has(word) || /^\d+$/.test(word),
}
