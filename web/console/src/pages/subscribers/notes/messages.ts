import { catalogue } from '../../../i18n/catalogue'

export const useNoteText = catalogue({
  en: {
    new: 'New note', new_hint: 'What the next one on the phone should know.', write: 'Write it down', written: 'The note is kept', text: 'Note', pin_it: 'Pin it above everything else',
    none: 'No notes yet', none_hint: 'What somebody said, what was promised, what a technician should know. Pinned notes stand above the tabs of this page.',
    pinned: 'Pinned notes', is_pinned: 'Pinned', pin: 'Pin', unpin: 'Unpin', edit: 'Edit', remove: 'Remove', of: 'the note of {author}, {at}', changed: 'changed {at}',
    edit_title: 'Change the note', save: 'Save', saved: 'The note is saved', cancel: 'Cancel', close: 'Close', remove_about: 'It is gone from this page; the audit log keeps what it said.', removed: 'The note is removed',
  },
  es: {
    new: 'Nota nueva', new_hint: 'Lo que debe saber quien atienda la próxima llamada.', write: 'Anotar', written: 'La nota queda guardada', text: 'Nota', pin_it: 'Fijarla por encima de todo',
    none: 'Aún no hay notas', none_hint: 'Lo que alguien dijo, lo que se prometió, lo que debe saber un técnico. Las notas fijadas están sobre las pestañas de esta página.',
    pinned: 'Notas fijadas', is_pinned: 'Fijada', pin: 'Fijar', unpin: 'Soltar', edit: 'Editar', remove: 'Quitar', of: 'la nota de {author}, {at}', changed: 'cambiada {at}',
    edit_title: 'Cambiar la nota', save: 'Guardar', saved: 'La nota está guardada', cancel: 'Cancelar', close: 'Cerrar', remove_about: 'Desaparece de esta página; el registro de auditoría conserva lo que decía.', removed: 'La nota se ha quitado',
  },
  ar: {
    new: 'ملاحظة جديدة', new_hint: 'ما ينبغي أن يعرفه من يرد على الهاتف بعدك.', write: 'تدوين', written: 'حُفظت الملاحظة', text: 'الملاحظة', pin_it: 'تثبيتها فوق كل شيء آخر',
    none: 'لا توجد ملاحظات بعد', none_hint: 'ما قاله أحدهم، وما وُعد به، وما ينبغي أن يعرفه الفني. الملاحظات المثبَّتة تظهر فوق تبويبات هذه الصفحة.',
    pinned: 'الملاحظات المثبَّتة', is_pinned: 'مثبَّتة', pin: 'تثبيت', unpin: 'إلغاء التثبيت', edit: 'تعديل', remove: 'إزالة', of: 'ملاحظة {author}، {at}', changed: 'عُدّلت في {at}',
    edit_title: 'تعديل الملاحظة', save: 'حفظ', saved: 'حُفظت الملاحظة', cancel: 'إلغاء', close: 'إغلاق', remove_about: 'تختفي من هذه الصفحة؛ ويحتفظ سجل التدقيق بنصها.', removed: 'أُزيلت الملاحظة',
  },
})
