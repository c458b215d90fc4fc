import { type Rules, stopAndLittleMore } from './rules.js';

/** Who says so does not know. */
const guesses: readonly RegExp[] = [
  /\b(?:think|believe|guess|suppose|assume|probably|maybe|perhaps|might|may(?! \d)|possibly|hopefully|hope|not sure|dont know|try|trying|would|could|should|apparently|says|said)\b/,
  /\b(?:check|see|confirm|verify|ask|find out|look into|let you know) (?:\w+ ){0,3}(?:if|whether)\b/,
];
const conditions: readonly RegExp[] = [
  /\b(?:if|when|once|unless|until|as soon as|provided|depends|depending)\b/,
];
/** Of all that is owed, or a part of it: who writes down the whole would be wrong. */
const parts: readonly RegExp[] = [
  /\b(?:half|part|parts|partial\w*|partly|some of|the rest|remainder|remaining|each|every|per cent|percent|weekly|monthly|only)\b/,
];
/** Amounts are for a person to compare. */
const amounts: readonly RegExp[] = [
  /\b\d[\d.]*(?: thousand| million)? (?:dollars|usd|bucks|euros|pounds|pesos|mxn|rupees|k|per cent|percent)\b/,
  /\b(?:pay|paying|paid|transfer|transferred|wire|wired|send|sent|deposited|settle) (?:you |about |only |just |another )*\d{3,}\b(?![/.-])/,
];

/** English. Apostrophes are gone: `cant`, `weve`. */
export const en: Rules = {
  says: {
    paid: [
      /\b(?:i|we|ive|weve|i have|we have|already|was|were|has been|have been|is|are|its|it is|been)(?: already| just| been)* (?:paid|settled|transferred|wired|remitted|deposited)\b(?! (?:by|on (?:mon|tue|wed|thu|fri|sat|sun)\w*days|every|weekly|monthly))/,
      /\b(?:payment|transfer|wire|remittance|cheque|check) (?:\w+ )?(?:was|has been|is|went|have been) (?:\w+ )?(?:sent|made|done|completed|out|initiated|processed|mailed)\b/,
      /\b(?:i|we|ive|weve|i have|we have)(?: already| just)? (?:sent|made|mailed|processed) (?:the |a |you |our |my )*(?:payment|transfer|wire|money|cheque|check|remittance)\b/,
      /\b(?:payment|transfer|wire|ach) (?:sent|made|done|completed)\b|\bjust (?:paid|sent (?:the |a |you )*(?:payment|transfer|wire|money))\b/,
      /\b(?:attached|here is|heres|please find) (?:is |the |our |my |a )*(?:receipt|proof of payment|payment advice|remittance(?: advice)?|payment confirmation)\b/,
      /^(?:already |all )?(?:paid|settled)\b(?! (?:by|on (?:mon|tue|wed|thu|fri|sat|sun|the)))/,
    ],
    promise: [
      /\b(?:will|shall|ill|well|going to|gonna|plan to|planning to|intend to|expect to|aim to|can|could|am able to|are able to) (?:be )?(?:\w+ )?(?:pay|paying|settle|settling|transfer|wire|remit|send (?:the |you |a |our )*(?:payment|money|transfer)|make (?:the |a |this |that )*payment|clear)\b/,
      /\b(?:payment|transfer|wire|cheque|check|it) (?:will|is going to|should|shall) (?:\w+ )?(?:be|go|arrive|reach|come)\b/,
      /\b(?:payment|it|invoice)(?: is| has been|s)? (?:scheduled|planned|set up|in (?:the|our) (?:next )?(?:payment|pay) run)\b/,
      /^(?:scheduled|planned) (?:for|on|by)\b/,
      /\b(?:pay|paying|payment|(?:be|get) paid) (?:\w+ ){0,3}(?:by|on|before|tomorrow|next|today)\b/,
      /\bpaying (?:\w+ )?(?:tomorrow|today|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/,
      /\b(?:give|need|have|allow) (?:me|us)? ?(?:until|till|to)\b|\bcan (?:it|you) wait (?:until|till)\b/,
    ],
    cannot_pay: [
      /\b(?:cannot|cant|can not|unable to|not able to|wont be able to|couldnt|could not|struggling to) (?:\w+ ){0,2}(?:pay|settle|afford|cover|clear)\b/,
      /\b(?:dont|do not|doesnt|no|without|lack of|short (?:of|on)|out of) (?:\w+ ){0,3}(?:money|cash|funds|liquidity|cash flow)\b/,
      /\b(?:cash flow|financial|liquidity|money) (?:problem|problems|issue|issues|difficulties|difficulty|trouble|crisis|hardship)\b/,
      /\b(?:payment plan|instal?lments?|pay in parts|part payments?|more time|extension|extend the (?:due date|deadline|term)|defer|reschedule)\b/,
    ],
    dispute: [
      /\b(?:dont|do not|cannot|cant|didnt|did not|never|not) (?:\w+ )?(?:recogni[sz]e|agree|accept|owe|order|ordered|receive|received|get the goods|correct)\b/,
      /\b(?:invoice|amount|charge|price|quantity|bill|balance|total) (?:\w+ ){0,3}(?:wrong|incorrect|mistaken|duplicate[d]?|too high|disputed|doesnt match|does not match)\b/,
      /\b(?:wrong|incorrect|duplicate) (?:invoice|amount|charge|price|bill)\b|\b(?:mistake|error|discrepancy) (?:in|on|with) (?:the|your|this) (?:invoice|amount|bill|price|charge)\b/,
      /\b(?:dispute|disputing|disputed|credit note|returned the goods|damaged|defective|faulty|incomplete delivery|missing items?)\b/,
    ],
    stop: [
      stopAndLittleMore,
      /\b(?:stop|quit) (?:\w+ )?(?:texting|messaging|emailing|contacting|calling|sending|writing|bothering)\b/,
      /\b(?:dont|do not|never) (?:ever |please )?(?:text|message|email|contact|write|bother|call) (?:\w+ )?(?:me|us|this (?:number|address|email)|again|any ?more)\b/,
      /\b(?:dont|do not) (?:ever )?send (?:me |us )?(?:any ?more|anything|any|more|messages|reminders|texts|emails|these)\b/,
      /\b(?:unsubscribe|take (?:me|us) off|remove (?:me|us|my number|my email)|opt (?:me )?out|leave (?:me|us) alone|no more (?:messages|texts|emails|reminders))\b/,
    ],
    help: [
      /^(?:i |we )?(?:need |want )?help\b/,
      /\b(?:speak|talk|chat) (?:to|with) (?:a |an |some)?(?:person|human|agent|someone|somebody|representative)\b/,
    ],
    other_person: [
      /\bwrong (?:number|person|email|contact|recipient)\b/,
      /\b(?:no longer|dont|do not|not) (?:work|working|employed|with|at) (?:\w+ ){0,2}(?:there|here|company|anymore|for|with|at|them)\b|\b(?:left|has left|quit) the company\b/,
      /\b(?:im not|i am not|this isnt|this is not|not) (?:the right person|responsible|him|her|them|that person|who you)\b|\bdont know (?:who|what|this|that company)\b/,
    ],
  },
  unless: {
    paid: [
      /\b(?:not|havent|hasnt|have not|has not|never|isnt|wasnt|wont be|will be|to be|get|gets|getting|will get|be) (?:\w+ ){0,2}(?:paid|settled|transferred|sent|made)\b/,
      /\b(?:once|when|after|if|until|as soon as) (?:\w+ ){0,3}(?:paid|settled)\b/,
      /\bstop(?:ped)? payment\b|\bno (?:payment|transfer|wire)\b/,
    ],
    promise: [
      /\b(?:wont|will not|not going to|never|cannot|cant|can not|unable to|not able to|refuse to) (?:\w+ )?(?:be )?(?:pay|able to pay)\b/,
    ],
    dispute: [
      // Who has no document asks for it.
      /\b(?:receive|received|get|got|have|find) (?:\w+ ){0,2}(?:invoice|bill|email|mail|statement|pdf|link|copy|message|reminder|document|payment)\b/,
    ],
    stop: [
      /\b(?:dont|do not|never|wont|not) (?:\w+ )?(?:stop|unsubscribe|quit|remove|want to (?:stop|opt out))\b/,
    ],
  },
  open: {
    paid: [...guesses, ...conditions, ...parts, ...amounts, /\bstop\b/],
    promise: [...guesses, ...conditions, ...parts, ...amounts],
    dispute: [...guesses, ...parts, ...amounts],
    stop: [
      // Another way to be reached is no wish for silence.
      /\b(?:instead|rather|prefer|only|except|but (?:email|call|write|text))\b|\b(?:please )?(?:email|call|text|whatsapp) (?:me|us) (?:at|on|by)\b/,
      /\b(?:dont|do not|never) (?:\w+ )?call\b|\bstop (?:\w+ )?calling\b|\b(?:call|email|text|write) me\b.*\b(?:call|email|text|write) me\b|\b(?:until|before|on)\b/,
    ],
  },
  paidSum:
    /\b(?:i|we|ive|weve)(?: have| already| just)* (?:paid|transferred|wired|sent|deposited|remitted) (?:\w+ ){0,2}xsumx\b/,
  asks: /^(?:how|when|what|which|where|who|why|can you|could you|would you|do i|do we|is it|are you|may i|may we)\b/,
};
