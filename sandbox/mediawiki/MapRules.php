<?php
namespace SpaceSandbox;

use stdClass;

/**
 * What `<mapframe>` takes: https://www.mediawiki.org/wiki/Help:Extension:Kartographer,
 * GeoJSON (RFC 7946) and https://github.com/mapbox/simplestyle-spec (1.1.0).
 *
 * Stricter than the extension where it would show nothing or something else: attributes
 * that it does not know, points beyond the globe or at 0, 0, and texts that a page of map
 * data on Commons would not take.
 */
class MapRules {
	private const LONGEST = 400;
	private const COLOUR = '/^#?([0-9a-f]{3}){1,2}$/iD';
	private const SYMBOL = '/^(|[a-z0-9-]+)$/iD';
	private const SIZES = [ 'small', 'medium', 'large' ];
	/** Attribute → what it must be like. */
	private const ATTRIBUTES = [
		'width' => '/^(full|0*[1-9]\d{0,4}(px|%)?)$/D',
		'height' => '/^0*[1-9]\d{0,4}(px)?$/D',
		'latitude' => '/^-?\d{1,2}(\.\d+)?$/D',
		'longitude' => '/^-?\d{1,3}(\.\d+)?$/D',
		'zoom' => '/^1?\d$/D',
		'align' => '/^(left|center|right|none)$/D',
		'mapstyle' => '/^osm(-intl)?$/D',
		'frameless' => '/^/',
		'text' => '/^/',
		'alt' => '/^/',
		'lang' => '/^[a-z-]+$/D',
		'class' => '/^/',
	];
	/** Type of a geometry → how deep its positions are nested. */
	private const DEPTHS = [
		'Point' => 0, 'MultiPoint' => 1, 'LineString' => 1,
		'MultiLineString' => 2, 'Polygon' => 2, 'MultiPolygon' => 3,
	];

	/** @var string[] */
	public array $complaints = [];
	/** @var string[] Titles and descriptions, which are wikitext. */
	public array $texts = [];

	/** @param array<string,string> $given */
	public function attributes( array $given ): void {
		foreach ( [ 'width', 'height' ] as $name ) {
			$this->expect( isset( $given[$name] ), "$name is missing" );
		}
		$this->expect(
			isset( $given['latitude'] ) === isset( $given['longitude'] ),
			'latitude and longitude go together'
		);
		foreach ( $given as $name => $value ) {
			$pattern = self::ATTRIBUTES[$name] ?? null;
			$this->expect( $pattern !== null, "no attribute: $name" );
			$this->expect( !$pattern || preg_match( $pattern, $value ), "$name is not $value" );
		}
	}

	/** An object, or several in a list. */
	public function data( mixed $data ): void {
		foreach ( is_array( $data ) ? $data : [ $data ] as $each ) {
			match ( $this->typeOf( $each ) ) {
				'FeatureCollection' => $this->collection( $each ),
				'Feature' => $this->feature( $each ),
				'ExternalData' => $this->expect( isset( $each->service ), 'no service' ),
				default => $this->geometry( $each ),
			};
		}
	}

	private function collection( stdClass $collection ): void {
		$features = $collection->features ?? null;
		$this->expect( is_array( $features ), 'features is not a list' );
		foreach ( is_array( $features ) ? $features : [] as $each ) {
			if ( $this->expect( $this->typeOf( $each ) === 'Feature', 'not a feature' ) ) {
				$this->feature( $each );
			}
		}
	}

	private function feature( stdClass $feature ): void {
		$this->geometry( $feature->geometry ?? null );
		$properties = $feature->properties ?? new stdClass();
		if ( !$this->expect( $properties instanceof stdClass, 'properties is not an object' ) ) {
			return;
		}
		foreach ( get_object_vars( $properties ) as $name => $value ) {
			$this->expect( $this->takes( $name, $value ), "$name is not " . json_encode( $value ) );
		}
	}

	private function takes( string $name, mixed $value ): bool {
		return match ( $name ) {
			'title', 'description' => is_string( $value ) && $this->text( $value ),
			'marker-size' => in_array( $value, self::SIZES, true ),
			'marker-symbol' => is_string( $value ) && (bool)preg_match( self::SYMBOL, $value ),
			'marker-color', 'stroke', 'fill' =>
				is_string( $value ) && (bool)preg_match( self::COLOUR, $value ),
			'stroke-opacity', 'fill-opacity' =>
				$this->isNumber( $value ) && $value >= 0 && $value <= 1,
			'stroke-width' => $this->isNumber( $value ) && $value >= 0,
			default => true,
		};
	}

	private function text( string $text ): bool {
		$this->texts[] = $text;
		return mb_strlen( $text ) <= self::LONGEST && $text === trim( $text )
			&& strpbrk( $text, "\t\r\n" ) === false;
	}

	private function geometry( mixed $geometry ): void {
		$type = $this->typeOf( $geometry );
		if ( $type === 'GeometryCollection' ) {
			array_map( $this->geometry( ... ), $geometry->geometries ?? [ null ] );
		} elseif ( $this->expect( isset( self::DEPTHS[$type] ), 'not a geometry' ) ) {
			$this->positions( $geometry->coordinates ?? null, self::DEPTHS[$type] );
		}
	}

	private function positions( mixed $found, int $depth ): void {
		if ( !$this->expect( is_array( $found ) && $found, 'no coordinates' ) ) {
			return;
		}
		if ( $depth > 0 ) {
			foreach ( $found as $each ) {
				$this->positions( $each, $depth - 1 );
			}
			return;
		}
		[ $east, $north ] = $found + [ null, null ];
		$this->expect(
			count( $found ) <= 3 && $this->isNumber( $east ) && $this->isNumber( $north )
				&& abs( $east ) <= 180 && abs( $north ) <= 90 && ( $east || $north ),
			'not on the globe: ' . json_encode( $found )
		);
	}

	private function typeOf( mixed $value ): string {
		return $value instanceof stdClass && is_string( $value->type ?? null ) ? $value->type : '';
	}

	private function isNumber( mixed $value ): bool {
		return is_int( $value ) || is_float( $value );
	}

	private function expect( bool $holds, string $complaint ): bool {
		if ( !$holds ) {
			$this->complaints[] = $complaint;
		}
		return $holds;
	}
}
