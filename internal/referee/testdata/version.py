import json

from qgis.core import Qgis, QgsProviderRegistry

print(json.dumps({"version": Qgis.QGIS_VERSION, "providers": QgsProviderRegistry.instance().providerList()}))
