import { catalogue } from '../i18n/catalogue'

export const useSettingsText = catalogue({
  en: {
    unsaid: 'not said here', billing: 'Billing', payment: 'Terms of payment', yes: 'yes', no: 'no',
    model: 'Periods', model_cycle: 'from the activation on', model_pro_rata: 'from the cycle day on', cycle_day: 'Cycle day', first_charge: 'First, partial period', first_partial: 'its days', first_partial_plus_full: 'its days and a full period', first_full: 'a full period', first_threshold: 'depends on the day', threshold_day: 'Threshold day',
    invoicing: 'Documents', invoicing_independent: 'one for each service', invoicing_merged: 'one for the subscriber', invoicing_merged_per_unit: 'one for each unit', suspension: 'While suspended', suspension_stop: 'no new periods', suspension_continue: 'charged on', credit_suspension: 'Credit suspended days',
    terms: 'Terms', terms_invoice: 'invoice', terms_prepaid: 'prepaid', terms_credit_limit: 'credit limit', terms_unlimited_postpaid: 'postpaid without a limit', credit_limit: 'Credit limit', due_day: 'Due on day', block_after: 'Blocked after days', ladder: 'Ladder', ladder_hint: 'standard, none, or one of your own.', promise_days: 'Promise, days', promise_pause: 'Days between promises', promise_limit: 'Promise at most', lead_days: 'Pro-forma, days before', days_hint: 'Numbers with commas.', order_days: 'Orders expire after days', charge_retries: 'Charges tried again after days', charge_cap: 'Charge at most', charge_month_cap: 'Charges of a month at most',
  },
  es: {
    unsaid: 'no se dice aquí', billing: 'Facturación', payment: 'Condiciones de pago', yes: 'sí', no: 'no',
    model: 'Períodos', model_cycle: 'desde la activación', model_pro_rata: 'desde el día de ciclo', cycle_day: 'Día de ciclo', first_charge: 'Primer período parcial', first_partial: 'sus días', first_partial_plus_full: 'sus días y un período entero', first_full: 'un período entero', first_threshold: 'depende del día', threshold_day: 'Día límite',
    invoicing: 'Documentos', invoicing_independent: 'uno por servicio', invoicing_merged: 'uno por abonado', invoicing_merged_per_unit: 'uno por unidad', suspension: 'Durante la suspensión', suspension_stop: 'sin períodos nuevos', suspension_continue: 'se sigue cobrando', credit_suspension: 'Abonar los días suspendidos',
    terms: 'Condiciones', terms_invoice: 'factura', terms_prepaid: 'prepago', terms_credit_limit: 'límite de crédito', terms_unlimited_postpaid: 'pospago sin límite', credit_limit: 'Límite de crédito', due_day: 'Vence el día', block_after: 'Bloqueo tras días', ladder: 'Escalera', ladder_hint: 'standard, none o una propia.', promise_days: 'Promesa, días', promise_pause: 'Días entre promesas', promise_limit: 'Promesa como máximo', lead_days: 'Proforma, días antes', days_hint: 'Números con comas.', order_days: 'Los pedidos caducan tras días', charge_retries: 'Se reintenta el cargo tras días', charge_cap: 'Cargo como máximo', charge_month_cap: 'Cargos de un mes como máximo',
  },
})
