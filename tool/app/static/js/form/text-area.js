/* Inserting text into a text area so that the browser's Undo removes it. */
export function insert( area, start, end, text ) {
	area.focus();
	area.setSelectionRange( start, end );
	// The only way that keeps the browser's history of changes.
	if ( !document.execCommand( 'insertText', false, text ) ) {
		area.setRangeText( text, start, end, 'end' );
		area.dispatchEvent( new InputEvent( 'input', { bubbles: true } ) );
	}
}

/* Inserts lines where the cursor is, apart from the text before and behind it. */
export function insertLines( area, text ) {
	const { selectionStart: start, selectionEnd: end, value } = area;
	const before = start > 0 && value[ start - 1 ] !== '\n' ? '\n' : '';
	const behind = value[ end ] === '\n' ? '' : '\n';
	insert( area, start, end, before + text + behind );
}
