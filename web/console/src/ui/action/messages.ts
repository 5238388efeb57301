import { catalogue } from '../../i18n/catalogue'

export const useActionText = catalogue({
  en: {
    cancel: 'Not now', confirm: 'Confirm', preview: 'What it charges', now: 'now', then: 'billed then', nothing: 'Nothing is charged or credited.',
    nothing_now: 'Nothing is charged now.', net: 'Net', tax: 'Tax', total: 'Total', line: 'Line', period: 'Period', total_now: 'Charged now', total_then: 'On {date}',
    lines: { one: '{count} line', other: '{count} lines' }, working_out: 'Working it out…', close: 'Close', days: '{days} of {of} days', late: 'waits for a bill run',
    date: 'For the day', date_hint: 'Today, unless you choose an earlier day.',
  },
  es: {
    cancel: 'Ahora no', confirm: 'Confirmar', preview: 'Lo que se cobra', now: 'ahora', then: 'se factura entonces', nothing: 'No se cobra ni se abona nada.',
    nothing_now: 'Ahora no se cobra nada.', net: 'Neto', tax: 'Impuestos', total: 'Total', line: 'Línea', period: 'Período', total_now: 'Se cobra ahora', total_then: 'El {date}',
    lines: { one: '{count} línea', other: '{count} líneas' }, working_out: 'Calculando…', close: 'Cerrar', days: '{days} de {of} días', late: 'espera un ciclo de facturación',
    date: 'Con fecha de', date_hint: 'Hoy, si no elige un día anterior.',
  },
  ar: { cancel: 'ليس الآن', confirm: 'تأكيد', close: 'إغلاق' },
})
