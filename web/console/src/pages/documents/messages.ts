import { catalogue } from '../../i18n/catalogue'

export const useDocumentText = catalogue({
  en: {
    title: 'Documents', still_open: 'Still open', due_from: 'Due from', due_to: 'Due to', number: 'Number', date: 'Date', due: 'Due', type: 'Type', type_invoice: 'invoice', type_credit_note: 'credit note', subscriber: 'Subscriber', unit: 'Unit', state: 'State', overdue: 'overdue', state_issued: 'issued', state_partially_paid: 'partly paid', state_paid: 'paid',
    net: 'Net', tax: 'Tax', total: 'Total', paid: 'Paid', open: 'Open', reason: 'Reason', lines: 'Lines', bill_run: 'Bill run', from: 'From', to: 'To', search: 'Number begins with', country: 'Country', region: 'Region', contact: 'Contact', organization: 'Organization',
    none: 'No documents yet', none_hint: 'Invoices come from bill runs, credit notes from corrections of them. Begin with a dry run.', to_runs: 'To the bill runs', unknown: 'There is no such document',
    credit: 'Credit note', credit_about: 'Corrects invoice {number}. A credit note is issued at once; an issued document never changes.', amount: 'Amount', amount_hint: 'Empty: all that is left of it.', credited: 'The credit note is issued.', issue: 'Issue', which: 'What is given back', amount_wrong: 'This is no amount.', choose_one: 'Choose a line.', line_amount: 'Amount of {line}',
    write_off: 'Write off', write_off_about: 'Gives up what is open of {number}, at the operator’s cost. It counts as paid then; revenue and taxes stay as invoiced.', write_off_hint: 'Empty: all that is open.', written_off: 'The debt is written off.', more: 'More',
  },
  es: {
    title: 'Documentos', still_open: 'Aún pendientes', due_from: 'Vence desde', due_to: 'Vence hasta', number: 'Número', date: 'Fecha', due: 'Vence', type: 'Tipo', type_invoice: 'factura', type_credit_note: 'nota de crédito', subscriber: 'Abonado', unit: 'Unidad', state: 'Estado', overdue: 'vencido', state_issued: 'emitido', state_partially_paid: 'pagado en parte', state_paid: 'pagado',
    net: 'Neto', tax: 'Impuestos', total: 'Total', paid: 'Pagado', open: 'Pendiente', reason: 'Motivo', lines: 'Líneas', bill_run: 'Ciclo de facturación', from: 'Desde', to: 'Hasta', search: 'El número empieza por', country: 'País', region: 'Región', contact: 'Contacto', organization: 'Organización',
    none: 'Aún no hay documentos', none_hint: 'Las facturas vienen de los ciclos de facturación; las notas de crédito, de sus correcciones. Empiece con un ensayo.', to_runs: 'A los ciclos', unknown: 'No existe ese documento',
    credit: 'Nota de crédito', credit_about: 'Corrige la factura {number}. La nota se emite al momento; un documento emitido no cambia.', amount: 'Importe', amount_hint: 'Vacío: todo lo que queda.', credited: 'La nota de crédito está emitida.', issue: 'Emitir', which: 'Lo que se devuelve', amount_wrong: 'No es un importe.', choose_one: 'Elija una línea.', line_amount: 'Importe de {line}',
    write_off: 'Dar por perdido', write_off_about: 'Renuncia a lo pendiente de {number}, a cargo del operador. Cuenta como pagada; ingresos e impuestos quedan como se facturaron.', write_off_hint: 'Vacío: todo lo pendiente.', written_off: 'La deuda se ha dado por perdida.', more: 'Más',
  },
  ar: {
    title: 'المستندات', still_open: 'ما زال مفتوحًا', due_from: 'الاستحقاق من', due_to: 'الاستحقاق إلى', number: 'الرقم', date: 'التاريخ', due: 'الاستحقاق', type: 'النوع', type_invoice: 'فاتورة', type_credit_note: 'إشعار دائن', subscriber: 'المشترك', unit: 'الوحدة', state: 'الحالة', overdue: 'متأخر السداد', state_issued: 'صادر', state_partially_paid: 'مدفوع جزئيًا', state_paid: 'مدفوع',
    net: 'الصافي', tax: 'الضريبة', total: 'الإجمالي', paid: 'المدفوع', open: 'المفتوح', reason: 'السبب', lines: 'البنود', bill_run: 'دورة الفوترة', from: 'من', to: 'إلى', search: 'الرقم يبدأ بـ', country: 'البلد', region: 'المنطقة', contact: 'جهة الاتصال', organization: 'المؤسسة',
    none: 'لا توجد مستندات بعد', none_hint: 'تأتي الفواتير من دورات الفوترة، والإشعارات الدائنة من تصحيحها. ابدأ بدورة تجريبية.', to_runs: 'إلى دورات الفوترة', unknown: 'لا يوجد مستند كهذا',
    credit: 'إشعار دائن', credit_about: 'يصحّح الفاتورة {number}. يصدر الإشعار الدائن في الحال؛ والمستند الصادر لا يتغير أبدًا.', amount: 'المبلغ', amount_hint: 'فارغ: كل ما بقي منها.', credited: 'صدر الإشعار الدائن.', issue: 'إصدار', which: 'ما الذي يُرد', amount_wrong: 'هذا ليس مبلغًا.', choose_one: 'اختر بندًا.', line_amount: 'مبلغ {line}',
    write_off: 'شطب الدين', write_off_about: 'يتنازل عمّا بقي مفتوحًا من {number} على حساب المشغّل. ويُعدّ مدفوعًا عندئذ؛ ويبقى الإيراد والضرائب كما فُوترت.', write_off_hint: 'فارغ: كل المفتوح.', written_off: 'شُطب الدين.', more: 'المزيد',
  },
})
