import type { Stage } from '../types.js';

/** Languages in which presets name their stages; the texts exist in the same ones. */
export type PresetLanguage = 'en' | 'es' | 'pt';

/** A name in every language. */
export type Names = Readonly<Record<PresetLanguage, string>>;

/** A BCP 47 tag cut down to a language that presets speak; English where it is none. */
export function presetLanguage(tag: string): PresetLanguage {
  const [first = ''] = tag.toLowerCase().split('-');
  return first === 'es' || first === 'pt' ? first : 'en';
}

/** What people call the stages of every preset, by id. */
const stageNames: Readonly<Record<string, Names>> = {
  upcoming: {
    en: 'Before the due date',
    es: 'Antes del vencimiento',
    pt: 'Antes do vencimento',
  },
  'due-today': { en: 'On the due date', es: 'El día del vencimiento', pt: 'No dia do vencimento' },
  reminder: { en: 'Reminder', es: 'Recordatorio', pt: 'Lembrete' },
  'follow-up': { en: 'Follow-up', es: 'Seguimiento', pt: 'Acompanhamento' },
  firm: { en: 'Firm reminder', es: 'Recordatorio firme', pt: 'Lembrete firme' },
  'collection-notice': { en: 'Collection notice', es: 'Aviso de cobro', pt: 'Aviso de cobrança' },
  'final-notice': { en: 'Final notice', es: 'Aviso final', pt: 'Aviso final' },
  call: {
    en: 'Call by the account owner',
    es: 'Llamada del responsable de la cuenta',
    pt: 'Ligação do responsável pela conta',
  },
  statement: { en: 'Statement of account', es: 'Estado de cuenta', pt: 'Extrato de conta' },
  standing: { en: 'Standing reminder', es: 'Recordatorio periódico', pt: 'Lembrete periódico' },
  attempt: { en: 'First attempt', es: 'Primer intento', pt: 'Primeira tentativa' },
  'further-attempt': { en: 'Further attempt', es: 'Nuevo intento', pt: 'Nova tentativa' },
  warning: { en: 'Warning', es: 'Advertencia', pt: 'Aviso prévio' },
  blocked: { en: 'Changes blocked', es: 'Cambios bloqueados', pt: 'Alterações bloqueadas' },
  stopped: { en: 'Service stopped', es: 'Servicio suspendido', pt: 'Serviço suspenso' },
};

/** What people call the presets themselves, by their usual id. */
const policyNames: Readonly<Record<string, Names>> = {
  exporter: { en: 'Exporter', es: 'Exportador', pt: 'Exportador' },
  preventive: { en: 'Preventive', es: 'Preventiva', pt: 'Preventiva' },
  balanced: { en: 'Balanced', es: 'Equilibrada', pt: 'Equilibrada' },
  levelRuns: { en: 'Level by level', es: 'Nivel por nivel', pt: 'Nível por nível' },
  intervals: { en: 'Intervals', es: 'Por intervalos', pt: 'Por intervalos' },
  cadence: { en: 'Cadence per customer', es: 'Cadencia por cliente', pt: 'Cadência por cliente' },
  overdueStates: { en: 'Overdue states', es: 'Estados de atraso', pt: 'Estados de atraso' },
  thresholds: { en: 'Campaign by amount', es: 'Campaña por monto', pt: 'Campanha por valor' },
  endless: { en: 'Until paid', es: 'Hasta el pago', pt: 'Até o pagamento' },
};

const level: Names = { en: 'Level', es: 'Nivel', pt: 'Nível' };

/** The name of a stage: of a numbered level its number and what it sends. */
function stageName(id: string, sends: string | undefined, language: PresetLanguage): string {
  const [, number] = /^level-(\d+)$/.exec(id) ?? [];
  if (number === undefined) return stageNames[id]?.[language] ?? id;
  const what = stageNames[sends ?? '']?.[language];
  return `${level[language]} ${number}${what === undefined ? '' : `: ${what.toLowerCase()}`}`;
}

/** The name of a preset's policy. */
export function policyName(preset: string, language: PresetLanguage): string {
  return policyNames[preset]?.[language] ?? preset;
}

/** Stages with their names in the plan's language. */
export function named(stages: readonly Stage[], language: PresetLanguage): readonly Stage[] {
  return stages.map((stage) => {
    const [sends] = stage.do.flatMap((action) => ('send' in action ? [action.send] : []));
    const { id, ...rest } = stage;
    return { id, name: stageName(id, sends, language), ...rest };
  });
}
