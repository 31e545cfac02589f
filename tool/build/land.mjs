// The land of the world as one SVG path, from TopoJSON (Natural Earth, public domain,
// as the npm package world-atlas has it): 360 by 180 units, one a degree, north up.
import { ringsOf } from './topology.mjs';

const STEP = 10; // tenths of a degree are fine enough for a picture
const WIDTH = 360 * STEP;
const HEIGHT = 180 * STEP;

/** Rings that cross the antimeridian jump from edge to edge: let them run on instead. */
function unrolled( points ) {
	let turn = 0;
	const line = points.map( ( [ x, y ], place ) => {
		const jump = place ? x - points[ place - 1 ][ 0 ] : 0;
		turn -= Math.abs( jump ) > WIDTH / 2 ? Math.sign( jump ) * WIDTH : 0;
		return [ x + turn, y ];
	} );
	// One that goes round the pole ends a whole turn away from its beginning.
	return turn ? [ ...line, [ line.at( -1 )[ 0 ], HEIGHT ], [ line[ 0 ][ 0 ], HEIGHT ] ] : line;
}

/** The ring once, and once more for each edge that it hangs over. */
function copies( points ) {
	const shifted = ( by ) => points.map( ( [ x, y ] ) => [ x + by, y ] );
	const hangsOver = ( left, right ) => points.some( ( [ x ] ) => x < left || x > right );
	return [
		points,
		...hangsOver( 0, Infinity ) ? [ shifted( WIDTH ) ] : [],
		...hangsOver( -Infinity, WIDTH ) ? [ shifted( -WIDTH ) ] : []
	];
}

function draw( points ) {
	let [ lastX, lastY ] = points[ 0 ];
	const steps = points.slice( 1 ).map( ( [ x, y ] ) => {
		const step = `${ x - lastX },${ y - lastY }`;
		[ lastX, lastY ] = [ x, y ];
		return step;
	} );
	return `M${ points[ 0 ].join( ',' ) }l${ steps.join( ' ' ) }z`;
}

/** A picture of its own, in a grey that shows on light and on dark ground. */
export function landPicture( topology ) {
	const rings = ringsOf( topology, 'land', ( east, north ) =>
		[ ( east + 180 ) * STEP, ( 90 - north ) * STEP ] )
		.flatMap( ( found ) => found.rings )
		.flatMap( ( points ) => copies( unrolled( points ) ) );
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${ WIDTH } ${ HEIGHT }">` +
		`<path fill="#72777d" fill-opacity=".35" d="${ rings.map( draw ).join( '' ) }"/></svg>\n`;
}
